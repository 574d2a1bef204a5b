import { readPreference, writePreference } from '../frame/preference';
import { chordOf, isSingleSign, SHORTCUTS, type ShortcutId } from './table';

const KEY = 'kanade.signs';
const TYPED_INTO =
  'input:not([type="range"], [type="checkbox"], [type="radio"]), textarea, select, [contenteditable], [role="menu"], [role="dialog"], [role="alertdialog"]';
const CONTROLS = `${TYPED_INTO}, input, button, a, [role="slider"], [role="option"], [role="row"]`;

export const signsAreHeard = (): boolean => readPreference(KEY) !== 'off';
export const hearSigns = (heard: boolean): void => writePreference(KEY, heard ? 'on' : 'off');

const BY_CHORD = new Map<string, (typeof SHORTCUTS)[number]>(
  SHORTCUTS.flatMap((shortcut) => shortcut.chords.map((chord) => [chord, shortcut] as const)),
);

/** Keys belong to the control that has the focus first, then to the page. */
export function bindShortcuts(act: (id: ShortcutId) => void): () => void {
  const listen = (event: KeyboardEvent) => {
    const chord = chordOf(event);
    const shortcut = BY_CHORD.get(chord);
    if (event.defaultPrevented || !shortcut || (isSingleSign(chord) && !signsAreHeard())) return;
    const taken = shortcut.where === 'free' ? CONTROLS : TYPED_INTO;
    if (!chord.startsWith('Mod+') && event.target instanceof Element && event.target.closest(taken)) return;
    event.preventDefault();
    act(shortcut.id);
  };
  document.addEventListener('keydown', listen);
  return () => document.removeEventListener('keydown', listen);
}
