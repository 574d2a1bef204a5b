import { describe, expect, it } from '@jest/globals';
import { distinctNames, numbered, safeName } from './file-names.js';

describe('a name that every system takes', () => {
  it.each([
    ['AC/DC: Back in "Black"?', 'AC_DC_ Back in _Black__'],
    ['夜の海', '夜の海'],
    ['Été. . ', 'Été'],
    ['...And Justice', '___And Justice'],
    ['..', 'Untitled'],
    ['\u202egnp.exe\u0000\n', 'gnp.exe'],
    ['con', '_con'],
    ['LPT1.mp3', '_LPT1.mp3'],
    ['Console', 'Console'],
    ['\ud800', '\ufffd'],
    ['', 'Untitled'],
  ])('%j becomes %j', (text, name) => expect(safeName(text)).toBe(name));

  it('is cut between letters, never within one', () => {
    const name = safeName('👩‍👩‍👧'.repeat(100) + 'x');
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(180);
    expect(name).toMatch(/^(👩👩👧?|👩|👧)+$/u);
    expect(safeName('é'.repeat(300))).toBe('é'.repeat(90));
  });

  it('is told apart from others, capitals or not', () => {
    expect(distinctNames(['a.flac', 'A.flac', 'a.FLAC', 'b', 'B'])).toEqual([
      'a.flac',
      'A (2).flac',
      'a (3).FLAC',
      'b',
      'B (2)',
    ]);
  });

  it('is sorted by its number', () => {
    expect([numbered(7, 9), numbered(7, 120), numbered(120, 120)]).toEqual(['07', '007', '120']);
  });
});
