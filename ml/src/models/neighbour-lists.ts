import type { History } from '../data/histories.js';
import { floatsOf, indicesOf } from './model-state.js';
import type { ExplainingModel, ModelState } from './model.js';

/** From each item to others, compressed: the neighbours of item i are `items[starts[i]..starts[i + 1]]`. */
export interface NeighbourLists {
  readonly itemCount: number;
  readonly starts: Int32Array;
  readonly items: Int32Array;
  readonly weights: Float32Array;
}

export interface NeighbourModel extends ExplainingModel {
  readonly lists: NeighbourLists;
}

/** A score is the sum of what each item of the history gives; how often it was heard does not count, only that it was. */
export const neighbourModel = (kind: string, lists: NeighbourLists): NeighbourModel => {
  const { itemCount, starts, items, weights } = lists;
  return {
    itemCount,
    lists,
    state: { kind, itemCount, numbers: {}, arrays: { starts, items, weights } },
    scores: (history) => {
      const scores = new Float32Array(itemCount);
      for (const source of likedItems(history))
        for (let at = starts[source] ?? 0; at < (starts[source + 1] ?? 0); at++) {
          const item = items[at] ?? 0;
          scores[item] = (scores[item] ?? 0) + (weights[at] ?? 0);
        }
      return scores;
    },
    explain: (history, item) =>
      Float64Array.from(history.items, (source, place) => {
        if ((history.weights[place] ?? 0) <= 0) return 0;
        const at = items.subarray(starts[source], starts[source + 1]).indexOf(item);
        return at < 0 ? 0 : (weights[(starts[source] ?? 0) + at] ?? 0);
      }),
  };
};

export const likedItems = (history: History): Int32Array =>
  history.items.filter((_, at) => (history.weights[at] ?? 0) > 0);

export const restoreNeighbours = (state: ModelState): NeighbourModel => {
  const items = indicesOf(state, 'items', state.itemCount - 1);
  const starts = indicesOf(state, 'starts', items.length);
  if (starts.length !== state.itemCount + 1 || starts.some((start, at) => start < (starts[at - 1] ?? 0)))
    throw new RangeError(`${state.kind}: starts do not ascend over ${state.itemCount} items`);
  return neighbourModel(state.kind, {
    itemCount: state.itemCount,
    starts,
    items,
    weights: floatsOf(state, 'weights', items.length),
  });
};
