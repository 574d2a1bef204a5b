import { likedOf } from '../data/histories.js';
import { floatsOf, numberOf } from '../models/model-state.js';
import type { Model, ModelState } from '../models/model.js';
import { FoldIn, type LightGcnNumbers } from './light-gcn-fold-in.js';
import { dotOfRows } from './unit-rows.js';

export const LIGHT_GCN = 'light-gcn';

export function lightGcnModel(numbers: LightGcnNumbers): Model {
  const { width, tau, items, passed } = numbers;
  const itemCount = items.length / width;
  const foldIn = new FoldIn(numbers);
  return {
    itemCount,
    scores: (history) => {
      const liked = likedOf(history);
      const scores = new Float32Array(itemCount);
      if (liked.items.length === 0) return scores;
      const listener = foldIn.of(liked);
      return scores.map((_, item) => dotOfRows(items, item * width, listener, 0, width));
    },
    state: { kind: LIGHT_GCN, itemCount, numbers: { width, tau }, arrays: { items, passed } },
  };
}

/** @throws RangeError when the state is not whole. */
export function restoreLightGcn(state: ModelState): Model {
  const width = numberOf(state, 'width');
  const length = state.itemCount * width;
  return lightGcnModel({
    width,
    tau: numberOf(state, 'tau'),
    items: floatsOf(state, 'items', length),
    passed: floatsOf(state, 'passed', length),
  });
}
