import { seededRandom, seedOf } from '../data/random.js';
import type { Split } from '../data/splits.js';
import { measure } from '../measure/ranking.js';
import type { Settings, Trainer } from '../models/model.js';
import { drawAnywhere, drawNear } from './draws.js';
import { SPACES } from './spaces.js';

export interface Tried {
  readonly settings: Settings;
  /** NDCG@20 on each hold-out it was tried on; the first is always there. */
  readonly ndcg20: readonly number[];
}

export interface Found {
  readonly settings: Settings;
  /** Mean NDCG@20 over all hold-outs. */
  readonly ndcg20: number;
  readonly trainings: number;
}

export interface SearchOptions {
  readonly seed: number;
  /** Times the trainings of the space; counted, not timed, so that a slow machine finds the same. */
  readonly effort?: number;
  /** Measured listeners of each hold-out; absent: all. */
  readonly only?: readonly (Int32Array | undefined)[];
  readonly onTried?: (tried: Tried) => void;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Below this share of the best first hold-out a point is not tried on the others. */
const WORTH_MORE = 0.995;

/**
 * Settings by NDCG@20 on hold-outs of the training, never on a test: the fixed points and draws from anywhere on the
 * first hold-out, the best three on all, then draws near the best.
 */
export const searchSettings = async (
  trainer: Trainer,
  folds: readonly Split[],
  { seed, effort = 1, only = [], onTried }: SearchOptions,
): Promise<Found> => {
  let trainings = 0;
  const scoreOn = async (settings: Settings, fold: number): Promise<number> => {
    const split = folds[fold];
    if (split === undefined) throw new RangeError('a search needs a hold-out');
    trainings += 1;
    const model = await trainer.train(split.train, settings, seedOf(seed, trainer.name, fold));
    return measure(model, split.train, split.test, only[fold]).ndcg20;
  };
  const completed = async (tried: Tried): Promise<Tried> => {
    const ndcg20 = [...tried.ndcg20];
    for (let fold = ndcg20.length; fold < folds.length; fold++)
      ndcg20.push(await scoreOn(tried.settings, fold));
    return { ...tried, ndcg20 };
  };
  const attempt = async (settings: Settings): Promise<Tried> => ({
    settings,
    ndcg20: [await scoreOn(settings, 0)],
  });
  const first = ({ ndcg20 }: Tried): number => ndcg20[0] ?? 0;

  const space = SPACES[trainer.name] ?? { trainings: 0, fixed: [], ranges: {} };
  const budget = Math.round(space.trainings * effort);
  const random = seededRandom(seedOf(seed, trainer.name));
  const points: Tried[] = [];
  const note = (tried: Tried): Tried => {
    onTried?.(tried);
    return tried;
  };
  for (const settings of [trainer.defaults, ...space.fixed]) points.push(note(await attempt(settings)));
  while (trainings < 0.4 * budget)
    points.push(note(await attempt(drawAnywhere(space, trainer.defaults, random))));
  points.sort((a, b) => first(b) - first(a));
  const finalists: Tried[] = [];
  for (const point of points.slice(0, 3)) finalists.push(note(await completed(point)));
  let best = finalists.reduce((a, b) => (mean(b.ndcg20) > mean(a.ndcg20) ? b : a));
  while (trainings < budget) {
    const near = await attempt(drawNear(space, best.settings, random));
    const tried = note(first(near) >= WORTH_MORE * first(best) ? await completed(near) : near);
    if (tried.ndcg20.length === folds.length && mean(tried.ndcg20) > mean(best.ndcg20)) best = tried;
  }
  return { settings: best.settings, ndcg20: mean(best.ndcg20), trainings };
};
