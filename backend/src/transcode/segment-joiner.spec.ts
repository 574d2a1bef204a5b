import { describe, expect, it } from '@jest/globals';
import { SegmentJoiner } from './segment-joiner.js';

const RATE = 1000;
const fragment = (samples: number) => ({ samples, bytes: samples * 2 });

/** What is given out at each fragment, and at the end. */
const joined = (predicted: readonly number[], fragments: readonly number[]): number[][] => {
  const joiner = new SegmentJoiner({ mediaSamples: predicted, sampleRateHz: RATE });
  const steps = [...fragments.map((samples) => joiner.push(fragment(samples))), joiner.close()];
  for (const { samples, bytes } of steps.flat()) expect(bytes).toBe(samples * 2);
  return steps.map((step) => step.map(({ samples }) => samples));
};

describe('SegmentJoiner', () => {
  it('gives out each fragment at once where each is a segment', () => {
    expect(joined([4000, 4000, 600], [4000, 4000, 600])).toEqual([[4000], [4000], [600], []]);
    expect(joined([4000, 4000], [4000, 4000])).toEqual([[4000], [4000], []]);
    expect(joined([3], [3])).toEqual([[3], []]);
  });

  it('a segment of two fragments is given out with the second and not before', () => {
    expect(joined([4000, 4499], [4000, 4000, 499])).toEqual([[4000], [], [4499], []]);
    expect(joined([4001], [4000, 1])).toEqual([[], [4001], []]);
  });

  it('an end that comes too early is a segment as it is', () => {
    expect(joined([4000, 4499], [4000, 3000])).toEqual([[4000], [], [3000]]);
    expect(joined([4000, 4499], [4000, 4000, 20])).toEqual([[4000], [], [], [4020]]);
    expect(joined([4000, 4000, 4000], [4000, 10])).toEqual([[4000], [], [10]]);
    expect(joined([4000], [])).toEqual([[]]);
  });

  it('what goes on beyond the prediction is cut by the same rule', () => {
    expect(joined([4000, 3000], [4000, 4000, 4000, 700])).toEqual([[4000], [], [4000], [4000], [700]]);
    expect(joined([4000, 3990], [4000, 4000, 10])).toEqual([[4000], [], [], [4010]]);
    expect(joined([4000, 4499], [4000, 4000, 900])).toEqual([[4000], [], [4000], [900]]);
  });
});
