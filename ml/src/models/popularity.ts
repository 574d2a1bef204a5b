import { assertHistories, withoutDislikes, type Histories } from '../data/histories.js';
import { floatsOf } from './model-state.js';
import type { Model, ModelState, Trainer } from './model.js';

/** Everybody gets the same scores, whatever they heard. */
export const fixedScores = (kind: string, scores: Float32Array): Model => ({
  itemCount: scores.length,
  scores: () => scores.slice(),
  state: { kind, itemCount: scores.length, numbers: {}, arrays: { scores } },
});

export const restoreFixedScores = (state: ModelState): Model =>
  fixedScores(state.kind, floatsOf(state, 'scores', state.itemCount));

/** By how many listeners an item was liked: the baseline that each learnt model has to beat. */
export const popularity: Trainer<Record<string, never>> = {
  name: 'popularity',
  defaults: {},
  train: (data: Histories): Model => {
    assertHistories(data);
    const scores = new Float32Array(data.itemCount);
    for (const item of withoutDislikes(data).items) scores[item] = (scores[item] ?? 0) + 1;
    return fixedScores('popularity', scores);
  },
  restore: restoreFixedScores,
};
