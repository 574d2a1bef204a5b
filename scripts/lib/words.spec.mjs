import { describe, expect, it } from '@jest/globals';
import { seconds } from './words.mjs';

describe('the time a step took', () => {
  it.each([
    [3, '1 s'],
    [9400, '9 s'],
    [59_600, '1 min'],
    [72_000, '1 min 12 s'],
    [600_000, '10 min'],
  ])('%i ms reads "%s"', (ms, text) => {
    expect(seconds(ms)).toBe(text);
  });
});
