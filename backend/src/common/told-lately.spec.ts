import { describe, expect, it } from '@jest/globals';
import { ToldLately } from './told-lately.js';

describe('ToldLately', () => {
  it('tells a name once in a while, again when it did not arrive, and forgets the oldest of too many', () => {
    let now = 0;
    const told = new ToldLately(1000, 2, () => now);
    expect(['a', 'a', 'b'].map((name) => told.take(name))).toEqual([true, false, true]);
    told.forget('b');
    expect(told.take('b')).toBe(true);
    now = 1000;
    expect(told.take('a')).toBe(true);
    expect(['c', 'a', 'b'].map((name) => told.take(name))).toEqual([true, false, true]);
  });
});
