import { describe, expect, it } from '@jest/globals';
import { isSameSight } from './event-rights.js';

describe('isSameSight', () => {
  it('is so of who sees all of them still, and of the same libraries in whatever order', () => {
    expect(isSameSight(null, null)).toBe(true);
    expect(isSameSight(['a', 'b'], ['b', 'a'])).toBe(true);
  });

  it('is not so once a library came, went, or is not one of all any more', () => {
    expect(isSameSight(null, ['a'])).toBe(false);
    expect(isSameSight(['a'], null)).toBe(false);
    expect(isSameSight(['a', 'b'], ['a'])).toBe(false);
    expect(isSameSight(['a'], ['b'])).toBe(false);
  });
});
