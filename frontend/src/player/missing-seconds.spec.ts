import { describe, expect, it } from '@jest/globals';
import { missingSeconds } from './missing-seconds';

const rangesOf = (...ranges: readonly (readonly [number, number])[]) => ({
  length: ranges.length,
  start: (at: number) => ranges[at]?.[0] ?? NaN,
  end: (at: number) => ranges[at]?.[1] ?? NaN,
});

describe('what is missing of a segment', () => {
  it('is all of it where nothing of it is buffered, and nothing where it lies within a range', () => {
    expect(missingSeconds(rangesOf(), 4, 8)).toBe(4);
    expect(missingSeconds(rangesOf([0, 4], [8, 12]), 4, 8)).toBe(4);
    expect(missingSeconds(rangesOf([0, 12]), 4, 8)).toBe(0);
  });

  it('is what lies between ranges, before and behind them', () => {
    expect(missingSeconds(rangesOf([0, 5], [6, 7.5]), 4, 8)).toBeCloseTo(1.5);
    expect(missingSeconds(rangesOf([4.25, 9]), 4, 8)).toBeCloseTo(0.25);
  });
});
