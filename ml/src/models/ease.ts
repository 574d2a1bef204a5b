import { addScaled } from '../algebra/vectors.js';
import { invertSymmetric } from '../algebra/symmetric.js';
import {
  assertHistories,
  historyOf,
  itemCounts,
  listenerCounts,
  transposed,
  withoutDislikes,
  type Histories,
} from '../data/histories.js';
import { linkModel, restoreLinks, type LinkModel } from './link-model.js';
import type { Trainer } from './model.js';

export type EaseSettings = {
  readonly lambda: number;
  /** Ridge in proportion to how often an item was heard. */
  readonly dropout: number;
  /** How much less a listener of many items counts. */
  readonly listenerDamping: number;
  /** How much less an item heard by many gets. */
  readonly targetDamping: number;
};

interface Weighted {
  readonly data: Histories;
  readonly listenerWeights: Float64Array;
  readonly ridge: Float64Array;
}

/** What both ways to the links begin with. */
export const weigh = (data: Histories, { lambda, dropout, listenerDamping }: EaseSettings): Weighted => {
  const listenerWeights = itemCounts(data).map((count) => Math.max(1, count) ** -listenerDamping);
  const mean = listenerWeights.reduce((sum, weight) => sum + weight, 0) / Math.max(1, data.userCount);
  const ridge = new Float64Array(data.itemCount);
  for (let user = 0; user < data.userCount; user++)
    for (const item of historyOf(data, user).items)
      ridge[item] = (ridge[item] ?? 0) + (listenerWeights[user] ?? 0);
  return {
    data,
    listenerWeights,
    ridge: ridge.map((heard) => Math.max(1e-6, lambda * mean + dropout * heard)),
  };
};

/** B = -P / diag P with P the inverse of X'WX + L: an inverse of items x items. */
export const easeLinksPrimal = ({ data, listenerWeights, ridge }: Weighted): Float32Array => {
  const n = data.itemCount;
  const gram = new Float64Array(n * n);
  for (let user = 0; user < data.userCount; user++) {
    const { items } = historyOf(data, user);
    const weight = listenerWeights[user] ?? 0;
    for (const row of items)
      for (const column of items) gram[row * n + column] = (gram[row * n + column] ?? 0) + weight;
  }
  for (let item = 0; item < n; item++)
    gram[item * n + item] = (gram[item * n + item] ?? 0) + (ridge[item] ?? 0);
  invertSymmetric(gram, n);
  const links = new Float32Array(n * n);
  for (let from = 0; from < n; from++)
    for (let to = 0; to < n; to++)
      if (from !== to) links[from * n + to] = -(gram[from * n + to] ?? 0) / (gram[to * n + to] ?? 1);
  return links;
};

/** The same B by Woodbury, exactly: an inverse of listeners x listeners, and products that follow the plays. */
export const easeLinksDual = ({ data, listenerWeights, ridge }: Weighted): Float32Array => {
  const { userCount, itemCount } = data;
  const listeners = transposed(data);
  const roots = listenerWeights.map(Math.sqrt);
  const kernel = new Float64Array(userCount * userCount);
  for (let item = 0; item < itemCount; item++) {
    const { items: users } = historyOf(listeners, item);
    for (const row of users)
      for (const column of users) {
        const at = row * userCount + column;
        kernel[at] = (kernel[at] ?? 0) + ((roots[row] ?? 0) * (roots[column] ?? 0)) / (ridge[item] ?? 1);
      }
  }
  for (let user = 0; user < userCount; user++)
    kernel[user * userCount + user] = (kernel[user * userCount + user] ?? 0) + 1;
  invertSymmetric(kernel, userCount);
  // Rows of items, so that what belongs to one item lies together: solved[i] = K^-1 (YL)_.i
  const solved = new Float64Array(itemCount * userCount);
  const diagonal = new Float64Array(itemCount);
  for (let item = 0; item < itemCount; item++) {
    const scale = 1 / (ridge[item] ?? 1);
    let explained = 0;
    const { items: users } = historyOf(listeners, item);
    for (const user of users)
      addScaled(solved, item * userCount, (roots[user] ?? 0) * scale, kernel, user * userCount, userCount);
    for (const user of users)
      explained += (roots[user] ?? 0) * scale * (solved[item * userCount + user] ?? 0);
    diagonal[item] = scale - explained;
  }
  const links = new Float32Array(itemCount * itemCount);
  for (let from = 0; from < itemCount; from++) {
    const { items: users } = historyOf(listeners, from);
    const scale = 1 / (ridge[from] ?? 1);
    for (let to = 0; to < itemCount; to++) {
      if (from === to) continue;
      let sum = 0;
      for (const user of users) sum += (roots[user] ?? 0) * (solved[to * userCount + user] ?? 0);
      links[from * itemCount + to] = (sum * scale) / (diagonal[to] ?? 1);
    }
  }
  return links;
};

const trainEase = (given: Histories, settings: EaseSettings): LinkModel => {
  assertHistories(given);
  const weighted = weigh(withoutDislikes(given), settings);
  const { data } = weighted;
  const links = data.userCount < data.itemCount ? easeLinksDual(weighted) : easeLinksPrimal(weighted);
  const damping = listenerCounts(data).map((count) => Math.max(1, count) ** -settings.targetDamping);
  for (let at = 0; at < links.length; at++)
    links[at] = (links[at] ?? 0) * (damping[at % data.itemCount] ?? 1);
  return linkModel('ease', data.itemCount, links);
};

/** A linear autoencoder in closed form, each link from an item to another weighed against all others at once. */
export const ease: Trainer<EaseSettings> = {
  name: 'ease',
  defaults: { lambda: 228, dropout: 0.0135, listenerDamping: 0.65, targetDamping: 0.3415 },
  train: trainEase,
  restore: restoreLinks,
};
