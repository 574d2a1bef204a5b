import { assertHistories, withoutDislikes, type Histories } from '../data/histories.js';
import type { Model, Trainer } from './model.js';
import { fixedScores, restoreFixedScores } from './popularity.js';

export type DecayedPopularitySettings = { readonly halfLifeDays: number };

/** By how many listeners an item was liked lately; without ages it is popularity. */
export const decayedPopularity: Trainer<DecayedPopularitySettings> = {
  name: 'decayed-popularity',
  defaults: { halfLifeDays: 30 },
  train: (given: Histories, { halfLifeDays }): Model => {
    assertHistories(given);
    const data = withoutDislikes(given);
    const scores = new Float64Array(data.itemCount);
    data.items.forEach((item, at) => {
      scores[item] = (scores[item] ?? 0) + 2 ** (-(data.ages?.[at] ?? 0) / halfLifeDays);
    });
    return fixedScores('decayed-popularity', Float32Array.from(scores));
  },
  restore: restoreFixedScores,
};
