import { historyOf } from '../data/histories.js';
import { seededRandom, shuffle } from '../data/random.js';
import type { Split } from '../data/splits.js';
import { listenerMetrics, topOf } from '../measure/ranking.js';
import { standardScores } from '../models/blend.js';
import type { Model } from '../models/model.js';

/** One hold-out with every candidate trained on its training part, in the same order on each. */
export interface BlendFold {
  readonly split: Split;
  readonly models: readonly Model[];
}

/** Scores kept at once of one candidate on one hold-out: 8 million are 32 MB. */
const MOST_SCORES = 8_000_000;
const STEPS = 24;

interface Prepared {
  readonly heard: readonly Int32Array[];
  readonly wanted: readonly ReadonlySet<number>[];
  /** A row a candidate: the standard scores of each measured listener. */
  readonly scores: readonly (readonly Float32Array[])[];
}

/** As many listeners who have something to find as `MOST_SCORES` allows, drawn by the seed. */
export const measuredListeners = ({ train, test }: Split, seed: number): Int32Array => {
  const users = Int32Array.from({ length: test.userCount }, (_, user) => user).filter(
    (user) => historyOf(test, user).items.length > 0,
  );
  const most = Math.max(50, Math.floor(MOST_SCORES / Math.max(1, train.itemCount)));
  return users.length <= most ? users : shuffle(users, seededRandom(seed)).slice(0, most).sort();
};

const prepare = ({ split, models }: BlendFold, seed: number): Prepared => {
  const users = [...measuredListeners(split, seed)];
  const histories = users.map((user) => historyOf(split.train, user));
  return {
    heard: histories.map(({ items }) => items),
    wanted: users.map((user) => new Set(historyOf(split.test, user).items)),
    scores: models.map((model) => histories.map((history) => standardScores(model, history))),
  };
};

const ndcg20Of = ({ heard, wanted }: Prepared, scoresOf: (place: number) => Float32Array): number => {
  if (wanted.length === 0) return 0;
  const total = wanted.reduce((sum, items, place) => {
    const ranked = topOf(scoresOf(place), heard[place] ?? new Int32Array(0), 20);
    return sum + listenerMetrics(ranked, items).ndcg20;
  }, 0);
  return total / wanted.length;
};

/** One candidate more in every sum, without keeping the new sums. */
const withCandidate = (fold: Prepared, sums: readonly Float32Array[], candidate: number): number => {
  const scratch = new Float32Array(sums[0]?.length ?? 0);
  return ndcg20Of(fold, (place) => {
    const sum = sums[place];
    const scores = fold.scores[candidate]?.[place];
    if (sum === undefined || scores === undefined) return scratch;
    for (let item = 0; item < scratch.length; item++) scratch[item] = (sum[item] ?? 0) + (scores[item] ?? 0);
    return scratch;
  });
};

const addCandidate = (fold: Prepared, sums: readonly Float32Array[], candidate: number): void =>
  sums.forEach((sum, place) => {
    fold.scores[candidate]?.[place]?.forEach((score, item) => (sum[item] = (sum[item] ?? 0) + score));
  });

export interface BlendWeights {
  /** One a candidate, summing to 1; 0: not in the blend. */
  readonly weights: readonly number[];
  readonly ndcg20: number;
  /** NDCG@20 of each candidate alone on the same listeners. */
  readonly alone: readonly number[];
}

/**
 * Greedy selection with replacement: two copies of the best alone, then 24 times one more of whichever helps the sum
 * most; the step that was best on the hold-outs is kept.
 */
export const chooseBlendWeights = (folds: readonly BlendFold[], seed: number): BlendWeights => {
  const prepared = folds.map((fold) => prepare(fold, seed));
  const candidates = folds[0]?.models.map((_, candidate) => candidate) ?? [];
  const meanOf = (score: (fold: Prepared, at: number) => number): number =>
    prepared.reduce((sum, fold, at) => sum + score(fold, at), 0) / prepared.length;
  const alone = candidates.map((candidate) =>
    meanOf((fold) => ndcg20Of(fold, (place) => fold.scores[candidate]?.[place] ?? new Float32Array(0))),
  );
  const first = alone.reduce((best, score, at) => (score > (alone[best] ?? 0) ? at : best), 0);
  const sums = prepared.map(({ scores }) =>
    (scores[first] ?? []).map((values) => values.map((value) => 2 * value)),
  );
  const copies: number[] = candidates.map((candidate) => (candidate === first ? 2 : 0));
  let best = { copies: [...copies], ndcg20: alone[first] ?? 0 };
  for (let step = 0; step < STEPS; step++) {
    const reached = candidates.map((candidate) =>
      meanOf((fold, at) => withCandidate(fold, sums[at] ?? [], candidate)),
    );
    const added = reached.reduce((top, score, at) => (score > (reached[top] ?? 0) ? at : top), 0);
    copies[added] = (copies[added] ?? 0) + 1;
    prepared.forEach((fold, at) => addCandidate(fold, sums[at] ?? [], added));
    if ((reached[added] ?? 0) > best.ndcg20) best = { copies: [...copies], ndcg20: reached[added] ?? 0 };
  }
  const total = best.copies.reduce((sum, count) => sum + count, 0);
  return { weights: best.copies.map((count) => count / total), ndcg20: best.ndcg20, alone };
};
