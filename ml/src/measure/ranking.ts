import { historyOf, listenerCounts, type Histories, type History } from '../data/histories.js';
import type { Model } from '../models/model.js';

/** The best `count` items that are not left out, best first; equal scores by ascending item. */
export const topOf = (scores: Float32Array, leftOut: Int32Array, count: number): Int32Array => {
  const isLeftOut = new Uint8Array(scores.length);
  for (const item of leftOut) isLeftOut[item] = 1;
  const best = new Int32Array(count);
  const values = new Float32Array(count);
  let found = 0;
  for (let item = 0; item < scores.length; item++) {
    const score = scores[item] ?? 0;
    if (isLeftOut[item] === 1 || (found === count && !(score > (values[count - 1] ?? 0)))) continue;
    let place = found < count ? found++ : count - 1;
    for (; place > 0 && (values[place - 1] ?? 0) < score; place--) {
      values[place] = values[place - 1] ?? 0;
      best[place] = best[place - 1] ?? 0;
    }
    values[place] = score;
    best[place] = item;
  }
  return best.subarray(0, found);
};

const GAINS = Float64Array.from({ length: 100 }, (_, place) => 1 / Math.log2(place + 2));
/** What the best possible order of so many items gains. */
const IDEAL = GAINS.reduce<number[]>((sums, gain) => [...sums, (sums.at(-1) ?? 0) + gain], [0]);

/** Of one listener's ranking against what they heard later; `wanted` is not empty. */
export const listenerMetrics = (
  ranked: Int32Array,
  wanted: ReadonlySet<number>,
): { readonly recall20: number; readonly ndcg20: number; readonly ndcg100: number } => {
  let [hits, gain20, gain100] = [0, 0, 0];
  ranked.subarray(0, 100).forEach((item, place) => {
    if (!wanted.has(item)) return;
    const gain = GAINS[place] ?? 0;
    gain100 += gain;
    if (place >= 20) return;
    hits += 1;
    gain20 += gain;
  });
  return {
    recall20: hits / wanted.size,
    ndcg20: gain20 / (IDEAL[Math.min(20, wanted.size)] ?? 1),
    ndcg100: gain100 / (IDEAL[Math.min(100, wanted.size)] ?? 1),
  };
};

export interface RankingMetrics {
  readonly listeners: number;
  readonly recall20: number;
  readonly ndcg20: number;
  readonly ndcg100: number;
  /** Share of all items that stand in somebody's first 20. */
  readonly coverage20: number;
  /** By how many listeners an item of a first 20 was heard, on average. */
  readonly popularity20: number;
}

export interface Measured extends RankingMetrics {
  /** One number a listener who has something to find, in the same order for every model. */
  readonly each: {
    readonly recall20: Float64Array;
    readonly ndcg20: Float64Array;
    readonly ndcg100: Float64Array;
  };
}

const mean = (values: Float64Array): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;

/** Ranks all items but those of the training for each listener who has something in `test`. */
export const measureScores = (
  scoresOf: (user: number, history: History) => Float32Array,
  train: Histories,
  test: Histories,
  only?: Int32Array,
): Measured => {
  const heard = listenerCounts(train);
  const seen = new Uint8Array(train.itemCount);
  const users = (only ?? Int32Array.from({ length: test.userCount }, (_, user) => user)).filter(
    (user) => historyOf(test, user).items.length > 0,
  );
  const each = {
    recall20: new Float64Array(users.length),
    ndcg20: new Float64Array(users.length),
    ndcg100: new Float64Array(users.length),
  };
  let [shown, popularity] = [0, 0];
  users.forEach((user, place) => {
    const history = historyOf(train, user);
    const ranked = topOf(scoresOf(user, history), history.items, 100);
    const metrics = listenerMetrics(ranked, new Set(historyOf(test, user).items));
    each.recall20[place] = metrics.recall20;
    each.ndcg20[place] = metrics.ndcg20;
    each.ndcg100[place] = metrics.ndcg100;
    for (const item of ranked.subarray(0, 20)) {
      seen[item] = 1;
      shown += 1;
      popularity += heard[item] ?? 0;
    }
  });
  return {
    listeners: users.length,
    recall20: mean(each.recall20),
    ndcg20: mean(each.ndcg20),
    ndcg100: mean(each.ndcg100),
    coverage20: train.itemCount === 0 ? 0 : seen.reduce((sum, is) => sum + is, 0) / train.itemCount,
    popularity20: shown === 0 ? 0 : popularity / shown,
    each,
  };
};

export const measure = (model: Model, train: Histories, test: Histories, only?: Int32Array): Measured =>
  measureScores((_, history) => model.scores(history), train, test, only);
