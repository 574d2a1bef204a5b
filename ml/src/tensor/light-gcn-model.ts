import { likedOf, type History } from '../data/histories.js';
import { floatsOf, numberOf } from '../models/model-state.js';
import type { Model, ModelState } from '../models/model.js';
import { FoldIn, type LightGcnNumbers } from './light-gcn-fold-in.js';
import { dotOfRows } from './unit-rows.js';

export const LIGHT_GCN = 'light-gcn';

/** Its scores cannot be taken apart into shares; what it can say is which of what was heard lies nearest. */
export interface NearingModel extends Model {
  /** The liked item of the history most like `item`, and their cosine; null without one. Says "similar to", never "because". */
  nearest(history: History, item: number): { readonly item: number; readonly likeness: number } | null;
}

export const isNearing = (model: Model): model is NearingModel => 'nearest' in model;

export function lightGcnModel(numbers: LightGcnNumbers): NearingModel {
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
    nearest: (history, item) => {
      let best: { readonly item: number; readonly likeness: number } | null = null;
      for (const heard of likedOf(history).items) {
        const likeness = dotOfRows(items, heard * width, items, item * width, width);
        if (heard !== item && likeness > (best?.likeness ?? -Infinity)) best = { item: heard, likeness };
      }
      return best;
    },
    state: { kind: LIGHT_GCN, itemCount, numbers: { width, tau }, arrays: { items, passed } },
  };
}

/** @throws RangeError when the state is not whole. */
export function restoreLightGcn(state: ModelState): NearingModel {
  const width = numberOf(state, 'width');
  const length = state.itemCount * width;
  return lightGcnModel({
    width,
    tau: numberOf(state, 'tau'),
    items: floatsOf(state, 'items', length),
    passed: floatsOf(state, 'passed', length),
  });
}
