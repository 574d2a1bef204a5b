import { assertInteractions, type Interactions } from './interactions.js';

/** Every listener gets the same order: the baseline that each learnt model has to beat. */
export interface PopularityModel {
  /** One number an item, its summed weight; shape [itemCount]. */
  readonly scores: Float64Array;
  /** The `count` highest scoring items not in `exclude`, best first; equal scores by ascending item. */
  recommend(count: number, exclude?: ReadonlySet<number>): number[];
}

/** @throws RangeError when the interactions are not well-formed. */
export const trainPopularity = (data: Interactions): PopularityModel => {
  assertInteractions(data);
  const scores = new Float64Array(data.itemCount);
  data.items.forEach((item, row) => {
    scores[item] = (scores[item] ?? 0) + (data.weights[row] ?? 0);
  });
  const order = Array.from(scores.keys()).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  return {
    scores,
    recommend: (count, exclude = new Set()) =>
      order.filter((item) => !exclude.has(item)).slice(0, Math.max(0, count)),
  };
};
