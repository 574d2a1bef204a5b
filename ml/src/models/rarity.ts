import { assertHistories, listenerCounts, withoutDislikes, type Histories } from '../data/histories.js';
import type { Model, Trainer } from './model.js';
import { fixedScores, restoreFixedScores } from './popularity.js';

/** The less an item was heard the higher. No model of its own: in a blend it takes back what the others give to hits. */
export const rarity: Trainer<Record<string, never>> = {
  name: 'rarity',
  defaults: {},
  train: (data: Histories): Model => {
    assertHistories(data);
    const counts = listenerCounts(withoutDislikes(data));
    return fixedScores(
      'rarity',
      Float32Array.from(counts, (count) => -Math.log1p(count)),
    );
  },
  restore: restoreFixedScores,
};
