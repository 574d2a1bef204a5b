import { describe, expect, it } from '@jest/globals';
import { generateHistories } from '../data/generated.js';
import { historyOf, type Histories } from '../data/histories.js';
import { toHistories } from '../data/interactions.js';
import { holdOut } from '../data/splits.js';
import { measure } from '../measure/ranking.js';
import { ease, easeLinksDual, easeLinksPrimal, weigh } from './ease.js';
import { itemKnn } from './item-knn.js';
import { isExplaining, type Trainer } from './model.js';
import { popularity } from './popularity.js';
import { userKnn, FEW_LISTENERS, userKnnModel } from './user-knn.js';
import { ials, trainIals } from './ials.js';
import { blendOf, isBlend } from './blend.js';
import { decayedPopularity } from './decayed-popularity.js';
import { restoreModel } from './registry.js';

const data = generateHistories({ userCount: 80, itemCount: 60, rows: 1500, tastes: 4, noise: 0.2 }, 7);
const { train, test } = holdOut(data, 0.2, 3);
const lists = (rows: readonly (readonly number[])[], itemCount: number): Histories =>
  toHistories({
    userCount: rows.length,
    itemCount,
    users: Int32Array.from(rows.flatMap((items, user) => items.map(() => user))),
    items: Int32Array.from(rows.flat()),
    weights: new Float32Array(rows.flat().length).fill(1),
  });

const TRAINERS: readonly Trainer[] = [itemKnn, userKnn, ease, ials];

describe.each(TRAINERS)('$name', (trainer) => {
  const model = trainer.train(train, trainer.defaults, 1);

  it('finds more of what was held out than popularity does', async () => {
    const found = measure(await model, train, test);
    const baseline = measure(await popularity.train(train, {}, 1), train, test);
    expect(found.ndcg20).toBeGreaterThan(1.1 * baseline.ndcg20);
  });
  it('explains a score by shares that sum to it', async () => {
    const history = historyOf(train, 5);
    const trained = await model;
    if (!isExplaining(trained)) throw new Error('explains nothing');
    const scores = trained.scores(history);
    for (let item = 0; item < data.itemCount; item++) {
      const sum = trained.explain(history, item).reduce((total, share) => total + share, 0);
      expect(sum).toBeCloseTo(scores[item] ?? NaN, 5);
    }
  });
  it('is the same model after its state went through a structured clone', async () => {
    const trained = await model;
    const again = trainer.restore(structuredClone(trained.state));
    expect(again.scores(historyOf(train, 9))).toEqual(trained.scores(historyOf(train, 9)));
  });
  it('gives the same bits when trained again', async () => {
    const again = await trainer.train(train, trainer.defaults, 1);
    expect(again.state).toEqual((await model).state);
  });
  it('refuses a state whose factors hold NaN', async () => {
    const state = structuredClone((await model).state);
    for (const name of ['weights', 'links', 'itemFactors']) state.arrays[name]?.fill(NaN, 1, 2);
    expect(() => trainer.restore(state)).toThrow('is NaN');
  });
  it('trains with nobody, with one listener and with one item', async () => {
    for (const few of [lists([], 0), lists([[]], 3), lists([[0]], 1), lists([[0, 1]], 2)]) {
      const small = await trainer.train(few, trainer.defaults, 1);
      const scores = small.scores({ items: Int32Array.of(), weights: Float32Array.of() });
      expect([...scores]).toEqual(new Array(few.itemCount).fill(0));
    }
  });
});

describe('item-knn', () => {
  it('keeps the strongest neighbours when it may keep only some', async () => {
    const few = lists([[0, 1, 2], [0, 1], [0, 1, 3]], 4); // prettier-ignore
    const model = await itemKnn.train(few, { ...itemKnn.defaults, targetDamping: 0, neighbours: 1 }, 1);
    const scores = model.scores({ items: Int32Array.of(0), weights: Float32Array.of(1) });
    expect([...scores].map((score) => score > 0)).toEqual([false, true, false, false]);
  });
  it('does not link what a listener turned away from', async () => {
    const few = toHistories({
      userCount: 1,
      itemCount: 2,
      users: Int32Array.of(0, 0),
      items: Int32Array.of(0, 1),
      weights: Float32Array.of(1, -1),
    });
    const model = await itemKnn.train(few, itemKnn.defaults, 1);
    expect([...model.scores(historyOf(few, 0))]).toEqual([0, 0]);
  });
});

describe('EASE', () => {
  it('has the same links by listeners x listeners as by items x items', () => {
    const weighted = weigh(train, { lambda: 20, dropout: 0.1, listenerDamping: 0.65, targetDamping: 0 });
    const primal = easeLinksPrimal(weighted);
    easeLinksDual(weighted).forEach((link, at) => expect(link).toBeCloseTo(primal[at] ?? NaN, 6));
  });
});

describe('user-knn of a few listeners', () => {
  it('follows whom a listener hears most of what they share with', () => {
    const few = toHistories({
      userCount: 3,
      itemCount: 4,
      users: Int32Array.of(0, 0, 1, 1, 2, 2),
      items: Int32Array.of(0, 1, 0, 2, 1, 3),
      weights: Float32Array.of(4, 0.2, 4, 1, 4, 1),
    });
    const scores = userKnnModel(few, FEW_LISTENERS).scores(historyOf(few, 0));
    expect(scores[2]).toBeGreaterThan(scores[3] ?? NaN);
  });
});

describe('iALS', () => {
  const settings = { dimensions: 8, epochs: 6, alpha: 0.1, lambda: 0.05, nu: 1 };

  it('comes as far in two epochs from earlier factors as in six from chance', () => {
    const cold = trainIals(train, settings, 1);
    const warm = trainIals(train, { ...settings, epochs: 2 }, 2, { warmStart: cold.itemFactors });
    const chance = trainIals(train, { ...settings, epochs: 2 }, 2);
    const [a, b, c] = [cold, warm, chance].map((model) => measure(model, train, test).ndcg20);
    expect(b).toBeGreaterThan(0.97 * (a ?? NaN));
    expect(b).toBeGreaterThan(c ?? NaN);
  });
  it('scores lower what is like something a listener turned away from', () => {
    const model = trainIals(train, settings, 1);
    const liked = historyOf(train, 3);
    const near = model.scores({ items: Int32Array.of(0), weights: Float32Array.of(1) });
    const disliked = { items: Int32Array.of(0, 1), weights: Float32Array.of(1, -3) };
    expect(liked.items.length).toBeGreaterThan(0);
    expect(model.scores(disliked)[1]).toBeLessThan(near[1] ?? NaN);
    expect(model.explain(disliked, 5)[1]).toBe(0);
  });
});

describe('decayed popularity', () => {
  it('counts half what was last heard a half-life ago', async () => {
    const few = { ...lists([[0], [0], [1]], 2), ages: Float32Array.of(30, 30, 0) };
    const model = await decayedPopularity.train(few, { halfLifeDays: 30 }, 1);
    expect([...model.scores({ items: Int32Array.of(), weights: Float32Array.of() })]).toEqual([1, 1]);
  });
});

describe('a blend', () => {
  const history = historyOf(train, 4);

  it('adds what its members give on one scale, and says what each gave', async () => {
    const members = [
      { name: 'ease', weight: 0.6, model: await ease.train(train, ease.defaults, 1) },
      { name: 'item-knn', weight: 0.4, model: await itemKnn.train(train, itemKnn.defaults, 1) },
    ];
    const blend = blendOf(members);
    const scores = blend.scores(history);
    for (let item = 0; item < data.itemCount; item++) {
      const sum = blend.contributions(history, item).reduce((total, share) => total + share, 0);
      expect(sum).toBeCloseTo(scores[item] ?? NaN, 5);
    }
    const again = restoreModel(structuredClone(blend.state));
    expect(isBlend(again)).toBe(true);
    expect(again.scores(history)).toEqual(scores);
  });
  it('of models of other items, or of none, is refused', async () => {
    const model = await popularity.train(train, {}, 1);
    const other = await popularity.train(lists([[0]], 1), {}, 1);
    expect(() => blendOf([])).toThrow(RangeError);
    expect(() => blendOf([model, other].map((member) => ({ name: 'p', weight: 1, model: member })))).toThrow(
      RangeError,
    );
  });
});
