import { describe, expect, it } from '@jest/globals';
import { chordOf, isSingleSign, SHORTCUTS } from './table';

const press = (
  key: string,
  held: Partial<Record<'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey', true>> = {},
) => chordOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

describe('the shortcuts', () => {
  it('have each chord once', () => {
    const chords = SHORTCUTS.flatMap(({ chords: each }) => [...each]);
    expect(new Set(chords).size).toBe(chords.length);
  });

  it('are written as they are pressed', () => {
    expect([press('N', { shiftKey: true }), press('?', { shiftKey: true }), press(' ')]).toEqual([
      'n',
      '?',
      ' ',
    ]);
    expect(press('ArrowRight', { shiftKey: true })).toBe('Shift+ArrowRight');
    expect([press('k', { ctrlKey: true }), press('K', { metaKey: true })]).toEqual(['Mod+k', 'Mod+k']);
  });

  it('leave the chords of the browser alone', () => {
    const known = new Set<string>(SHORTCUTS.flatMap(({ chords }) => [...chords]));
    const theirs = [
      press('ArrowLeft', { altKey: true }),
      press('r', { ctrlKey: true }),
      press('l', { metaKey: true }),
    ];
    expect(theirs.filter((chord) => known.has(chord))).toEqual([]);
  });

  it('can be switched off where they are a letter or a sign, not where they are space or arrows', () => {
    expect(['n', '?', ' ', 'ArrowLeft', 'Mod+k'].filter(isSingleSign)).toEqual(['n', '?']);
  });
});
