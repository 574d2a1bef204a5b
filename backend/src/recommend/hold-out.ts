import { seededRandom, seedOf } from '@kanade/ml';
import type { Liking } from './training-data.js';

/** What a model is trained on, and what it then has to find. */
export interface HoldOut {
  /** `temporal`: all that was first heard after one moment is to be found. `random`: a share of each listener's. */
  readonly kind: 'temporal' | 'random';
  readonly cutMs: number | null;
  readonly train: readonly Liking[];
  readonly truth: readonly Liking[];
}

/** So much of what was ever heard for the first time is held out. */
export const HELD_SHARE = 0.12;
/** Of somebody of whom less is known nothing is held out at random. */
const FEW = 5;

/** Pure: the moment after which the last share of all first times lies; null where there is none. */
export const cutOf = (likings: readonly Liking[]): number | null => {
  const firsts = likings.map(({ firstAt }) => firstAt).sort((a, b) => a - b);
  const cut = firsts[Math.floor(firsts.length * (1 - HELD_SHARE))];
  return cut === undefined || cut === firsts[0] ? null : cut;
};

const byListener = (likings: readonly Liking[]): ReadonlyMap<string, readonly Liking[]> =>
  Map.groupBy(likings, ({ userId }) => userId);

/**
 * Pure. By time, as it will be in use: everybody's events are cut at one moment, and only what was heard for the first
 * time after it counts. `before` is what was there then, weighed as it was then. Where that leaves too few listeners
 * with something before and something after, at random; the same listener and track fall the same way every day.
 */
export const holdOutOf = (
  likings: readonly Liking[],
  cutMs: number | null,
  before: readonly Liking[],
): HoldOut => {
  const random = atRandom(likings);
  if (cutMs === null) return random;
  const known = byListener(before);
  const truth = likings.filter(({ firstAt, userId }) => firstAt >= cutMs && known.has(userId));
  const temporal: HoldOut = { kind: 'temporal', cutMs, train: before, truth };
  const found = byListener(truth).size;
  return found > 0 && 2 * found >= byListener(random.truth).size ? temporal : random;
};

const atRandom = (likings: readonly Liking[]): HoldOut => {
  const held = new Set<Liking>();
  for (const own of byListener(likings).values()) {
    if (own.length < FEW) continue;
    const drawn = own
      .map((liking) => ({ liking, lot: seededRandom(seedOf(liking.userId, liking.trackId)).next() }))
      .sort((a, b) => a.lot - b.lot);
    const count = Math.max(1, Math.round(own.length * HELD_SHARE));
    for (const { liking } of drawn.slice(0, count)) held.add(liking);
  }
  return {
    kind: 'random',
    cutMs: null,
    train: likings.filter((liking) => !held.has(liking)),
    truth: [...held],
  };
};
