import { addScaled } from '../algebra/vectors.js';
import { likedItems } from './neighbour-lists.js';
import { floatsOf } from './model-state.js';
import type { ExplainingModel, ModelState } from './model.js';

export interface LinkModel extends ExplainingModel {
  /** Row-major: `links[from * itemCount + to]` is what having heard `from` gives to `to`. */
  readonly links: Float32Array;
}

/** A score is the sum of what each item of the history gives, for every pair of items there is. */
export const linkModel = (kind: string, itemCount: number, links: Float32Array): LinkModel => ({
  itemCount,
  links,
  state: { kind, itemCount, numbers: {}, arrays: { links } },
  scores: (history) => {
    const scores = new Float32Array(itemCount);
    for (const source of likedItems(history)) addScaled(scores, 0, 1, links, source * itemCount, itemCount);
    return scores;
  },
  explain: (history, item) =>
    Float64Array.from(history.items, (source, at) =>
      (history.weights[at] ?? 0) > 0 ? (links[source * itemCount + item] ?? 0) : 0,
    ),
});

export const restoreLinks = (state: ModelState): LinkModel =>
  linkModel(state.kind, state.itemCount, floatsOf(state, 'links', state.itemCount ** 2));
