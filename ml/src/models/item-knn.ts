import {
  assertHistories,
  itemCounts,
  listenerCounts,
  transposed,
  withoutDislikes,
  type Histories,
} from '../data/histories.js';
import type { Trainer } from './model.js';
import { neighbourModel, restoreNeighbours, type NeighbourModel } from './neighbour-lists.js';

export type ItemKnnSettings = {
  /** How much less a listener of many items counts. */
  readonly listenerDamping: number;
  /** How much less an item heard by many gives, and gets. */
  readonly sourceDamping: number;
  readonly targetDamping: number;
  readonly power: number;
  /** The most of an item; 0: all. */
  readonly neighbours: number;
};

const power = (values: Float64Array, exponent: number): Float64Array =>
  values.map((value) => Math.max(1, value) ** exponent);

/** The strongest `count` of the first `length` places of both columns, in their old order. */
const strongest = (items: Int32Array, weights: Float64Array, length: number, count: number): number => {
  if (count === 0 || length <= count) return length;
  const least = weights.slice(0, length).sort()[length - count] ?? 0;
  let above = 0;
  for (let at = 0; at < length; at++) if ((weights[at] ?? 0) > least) above += 1;
  let ties = count - above;
  let kept = 0;
  for (let at = 0; at < length; at++) {
    const weight = weights[at] ?? 0;
    if (weight < least || (weight === least && ties-- <= 0)) continue;
    items[kept] = items[at] ?? 0;
    weights[kept] = weight;
    kept += 1;
  }
  return kept;
};

/**
 * Items heard by the same listeners, as a tuned random walk: C = X' diag(n_u^-g) X without its diagonal and
 * S_ij = (C_ij / (n_i^a n_j^b))^q.
 */
const trainItemKnn = (given: Histories, settings: ItemKnnSettings): NeighbourModel => {
  assertHistories(given);
  const data = withoutDislikes(given);
  const { itemCount } = data;
  const listeners = transposed(data);
  const perListener = power(itemCounts(data), -settings.listenerDamping);
  const heard = listenerCounts(data);
  const gives = power(heard, -settings.sourceDamping);
  const gets = power(heard, -settings.targetDamping);
  const together = new Float64Array(itemCount);
  const found = new Int32Array(itemCount);
  const strength = new Float64Array(itemCount);
  const starts = new Int32Array(itemCount + 1);
  const items: Int32Array[] = [];
  const weights: Float32Array[] = [];
  for (let source = 0; source < itemCount; source++) {
    let count = 0;
    for (let at = listeners.starts[source] ?? 0; at < (listeners.starts[source + 1] ?? 0); at++) {
      const user = listeners.items[at] ?? 0;
      const share = perListener[user] ?? 0;
      for (let place = data.starts[user] ?? 0; place < (data.starts[user + 1] ?? 0); place++) {
        const item = data.items[place] ?? 0;
        if (together[item] === 0 && item !== source) found[count++] = item;
        together[item] = (together[item] ?? 0) + share;
      }
    }
    found.subarray(0, count).sort();
    for (let at = 0; at < count; at++) {
      const item = found[at] ?? 0;
      strength[at] = ((together[item] ?? 0) * (gives[source] ?? 0) * (gets[item] ?? 0)) ** settings.power;
      together[item] = 0;
    }
    together[source] = 0;
    const kept = strongest(found, strength, count, settings.neighbours);
    items.push(found.slice(0, kept));
    weights.push(Float32Array.from(strength.subarray(0, kept)));
    starts[source + 1] = (starts[source] ?? 0) + kept;
  }
  const total = starts[itemCount] ?? 0;
  const all = { items: new Int32Array(total), weights: new Float32Array(total) };
  items.forEach((list, source) => all.items.set(list, starts[source]));
  weights.forEach((list, source) => all.weights.set(list, starts[source]));
  return neighbourModel('item-knn', { itemCount, starts, ...all });
};

/** The defaults were found on hold-outs of another installation's listeners; each installation searches its own. */
export const itemKnn: Trainer<ItemKnnSettings> = {
  name: 'item-knn',
  defaults: { listenerDamping: 1.2, sourceDamping: 0.603, targetDamping: 0.561, power: 0.608, neighbours: 0 },
  train: trainItemKnn,
  restore: restoreNeighbours,
};
