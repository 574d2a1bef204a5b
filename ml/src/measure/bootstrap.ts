import { seededRandom } from '../data/random.js';

export interface Interval {
  readonly mean: number;
  /** 95 % of the redrawn means lie between. */
  readonly low: number;
  readonly high: number;
}

const DRAWS = 2000;

/** Redraws listeners with replacement: how far the mean could lie elsewhere with other listeners. */
export const bootstrap = (values: Float64Array, seed: number): Interval => {
  const count = values.length;
  if (count === 0) return { mean: 0, low: 0, high: 0 };
  const random = seededRandom(seed);
  const means = new Float64Array(DRAWS);
  for (let draw = 0; draw < DRAWS; draw++) {
    let sum = 0;
    for (let at = 0; at < count; at++) sum += values[random.below(count)] ?? 0;
    means[draw] = sum / count;
  }
  means.sort();
  return {
    mean: values.reduce((sum, value) => sum + value, 0) / count,
    low: means[Math.round(DRAWS * 0.025)] ?? 0,
    high: means[Math.round(DRAWS * 0.975) - 1] ?? 0,
  };
};

/** Of the same listeners under two models; an interval above 0 says the first is better, and not by luck. */
export const pairedBootstrap = (first: Float64Array, second: Float64Array, seed: number): Interval => {
  if (first.length !== second.length)
    throw new RangeError(`${first.length} listeners against ${second.length}: they must be the same`);
  return bootstrap(
    first.map((value, at) => value - (second[at] ?? 0)),
    seed,
  );
};
