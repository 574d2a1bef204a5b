/**
 * Every shortcut of the page: what it does, its keys, and where they are heard. The handler and the dialog are both made
 * from this. `free`: only while no control has the focus; `page`: except where letters are typed or choose something.
 */
export const SHORTCUTS = [
  { id: 'toggle', group: 'playing', chords: [' '], where: 'free' },
  { id: 'next', group: 'playing', chords: ['n'], where: 'page' },
  { id: 'previous', group: 'playing', chords: ['p'], where: 'page' },
  { id: 'forward', group: 'playing', chords: ['ArrowRight'], where: 'free' },
  { id: 'back', group: 'playing', chords: ['ArrowLeft'], where: 'free' },
  { id: 'farForward', group: 'playing', chords: ['Shift+ArrowRight'], where: 'free' },
  { id: 'farBack', group: 'playing', chords: ['Shift+ArrowLeft'], where: 'free' },
  { id: 'louder', group: 'playing', chords: ['+', '='], where: 'page' },
  { id: 'quieter', group: 'playing', chords: ['-'], where: 'page' },
  { id: 'mute', group: 'playing', chords: ['m'], where: 'page' },
  { id: 'shuffle', group: 'playing', chords: ['s'], where: 'page' },
  { id: 'repeat', group: 'playing', chords: ['r'], where: 'page' },
  { id: 'like', group: 'playing', chords: ['l'], where: 'page' },
  { id: 'queue', group: 'playing', chords: ['q'], where: 'page' },
  { id: 'find', group: 'going', chords: ['/', 'Mod+k'], where: 'page' },
  { id: 'home', group: 'going', chords: ['1'], where: 'page' },
  { id: 'search', group: 'going', chords: ['2'], where: 'page' },
  { id: 'library', group: 'going', chords: ['3'], where: 'page' },
  { id: 'settings', group: 'going', chords: ['4'], where: 'page' },
  { id: 'help', group: 'going', chords: ['?'], where: 'page' },
] as const satisfies readonly Shortcut[];

interface Shortcut {
  readonly id: string;
  readonly group: 'playing' | 'going';
  readonly chords: readonly string[];
  readonly where: 'free' | 'page';
}

export type ShortcutId = (typeof SHORTCUTS)[number]['id'];
export const GROUPS = ['playing', 'going'] as const;

type Keys = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** How a press is written in the table. A sign tells of Shift by itself: `?` is what was typed, wherever it lies. */
export const chordOf = ({ key, ctrlKey, metaKey, altKey, shiftKey }: Keys): string => {
  const name = key.length === 1 ? key.toLowerCase() : key;
  return [altKey && 'Alt', (ctrlKey || metaKey) && 'Mod', shiftKey && key.length > 1 && 'Shift', name]
    .filter(Boolean)
    .join('+');
};

/** Letters and signs by themselves can be switched off: who speaks to their computer says them without meaning them. */
export const isSingleSign = (chord: string): boolean => chord.length === 1 && chord !== ' ';
