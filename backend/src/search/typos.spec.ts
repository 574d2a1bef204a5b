import { describe, expect, it } from '@jest/globals';
import { corrections, isCorrectable, variantsOf } from './typos.js';

const near = (...words: readonly [string, number][]) => words.map(([word, total]) => ({ word, total }));

describe('what may have been meant', () => {
  it('shares a beginning without one letter with what was typed', () => {
    const sharing = (a: string, b: string): boolean =>
      variantsOf(a).some((variant) => variantsOf(b).includes(variant));
    for (const slip of ['betles', 'beattles', 'baetles', 'bestles', 'beatlse'])
      expect(sharing(slip, 'beatles')).toBe(true);
    expect(sharing('stones', 'beatles')).toBe(false);
  });

  it('is asked of longer words in letters alone', () => {
    expect(['love', 'été', 'lo', '初音ミク'].map(isCorrectable)).toEqual([true, false, false, false]);
  });

  it('doubts the word that nobody knows, then the longest', () => {
    const words = [
      { typed: 'love', isKnown: true, near: near(['lose', 9]) },
      { typed: 'raim', isKnown: false, near: near(['rain', 5]) },
    ];
    expect(corrections(words)).toEqual({ typed: 'raim', instead: ['rain'] });
    expect(corrections(words.map((word) => ({ ...word, isKnown: true })))?.typed).toBe('love');
  });

  it('tries one slip before two, the frequent before the rare, and no more than two', () => {
    const doubtful = { typed: 'baetles', isKnown: false };
    const tried = corrections([
      {
        ...doubtful,
        near: near(['battle', 900], ['beetles', 3], ['beatles', 40], ['baetles', 1], ['bartles', 2]),
      },
    ]);
    expect(tried?.instead).toEqual(['beatles', 'beetles']);
    expect(corrections([{ ...doubtful, near: near(['baetles', 1]) }])).toBeNull();
    expect(corrections([])).toBeNull();
  });
});
