import { describe, expect, it } from '@jest/globals';
import { generateHistories } from '../data/generated.js';
import { holdOut } from '../data/splits.js';
import { pairedBootstrap } from '../measure/bootstrap.js';
import { measure } from '../measure/ranking.js';
import type { Trainer } from '../models/model.js';
import { itemKnn } from '../models/item-knn.js';
import { ials } from '../models/ials.js';
import { popularity } from '../models/popularity.js';
import { rarity } from '../models/rarity.js';
import { chooseBlendWeights } from './blend-weights.js';
import { searchSettings, type Tried } from './search-settings.js';
import { SPACES } from './spaces.js';

const data = generateHistories({ userCount: 60, itemCount: 50, rows: 1200, tastes: 4, noise: 0.2 }, 5);
const folds = [1, 2].map((seed) => holdOut(data, 0.15, seed));

describe('the search for settings', () => {
  it('finds the same to the bit when it is done again, and nothing worse than the defaults', async () => {
    const [first, again] = [
      await searchSettings(itemKnn, folds, { seed: 1 }),
      await searchSettings(itemKnn, folds, { seed: 1 }),
    ];
    expect(again).toEqual(first);
    let defaults = 0;
    for (const { train, test } of folds)
      defaults += measure(await itemKnn.train(train, itemKnn.defaults, 1), train, test).ndcg20 / folds.length;
    expect(first.ndcg20).toBeGreaterThanOrEqual(0.995 * defaults);
    expect(first.trainings).toBeGreaterThanOrEqual(40);
  });
  it('of iALS always tries the whole grid of alpha and lambda, however little it may try', async () => {
    const small: Trainer = { ...ials, train: (rows) => popularity.train(rows, {}, 1) };
    const tried: Tried[] = [];
    await searchSettings(small, folds, { seed: 1, effort: 0, onTried: (point) => tried.push(point) });
    const settings = tried.map((point) => point.settings);
    for (const point of SPACES.ials?.fixed ?? []) expect(settings).toContainEqual(point);
    expect(new Set(settings.map(({ alpha, lambda }) => `${alpha} ${lambda}`)).size).toBeGreaterThanOrEqual(
      15,
    );
  });
  it('of EASE always tries it plain', () => {
    expect(SPACES.ease?.fixed).toContainEqual({
      lambda: 300,
      dropout: 0,
      listenerDamping: 0,
      targetDamping: 0,
    });
  });
});

describe('the weights of a blend', () => {
  it('leave out what only harms, and reach at least what the best reaches alone', async () => {
    const trained = await Promise.all(
      folds.map(async (split) => ({
        split,
        models: [
          await rarity.train(split.train, {}, 1),
          await itemKnn.train(split.train, itemKnn.defaults, 1),
        ],
      })),
    );
    const { weights, ndcg20, alone } = chooseBlendWeights(trained, 1);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1);
    expect(weights[1]).toBeGreaterThan(weights[0] ?? NaN);
    expect(ndcg20).toBeGreaterThanOrEqual(Math.max(...alone));
  });
});

describe('a bootstrap over listeners', () => {
  it('tells a difference that all share from one that is luck', () => {
    const first = Float64Array.from({ length: 200 }, (_, at) => 0.5 + 0.1 * Math.sin(at * 12.9));
    const better = pairedBootstrap(first, first.map((value, at) => value - 0.01 * (1 + Math.sin(at))), 1); // prettier-ignore
    expect(better.low).toBeGreaterThan(0);
    const same = pairedBootstrap(first, first.map((value, at) => value + 0.1 * Math.sin(at * 7.7)), 1); // prettier-ignore
    expect(same.low).toBeLessThan(0);
    expect(same.high).toBeGreaterThan(0);
  });
  it('of nobody is 0, and of other listeners refused', () => {
    expect(pairedBootstrap(new Float64Array(0), new Float64Array(0), 1)).toEqual({
      mean: 0,
      low: 0,
      high: 0,
    });
    expect(() => pairedBootstrap(new Float64Array(1), new Float64Array(2), 1)).toThrow(RangeError);
  });
});
