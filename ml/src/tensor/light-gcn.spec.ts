import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { historyOf, type Histories } from '../data/histories.js';
import { toHistories } from '../data/interactions.js';
import { seededRandom } from '../data/random.js';
import { measure } from '../measure/ranking.js';
import type { Model } from '../models/model.js';
import { popularity } from '../models/popularity.js';
import { isNearing } from './light-gcn-model.js';
import { lightGcnOnThread } from './light-gcn-thread.js';
import { lightGcn } from './light-gcn.js';
import { loadsNode } from './tensorflow.js';

const HOOKS = join(import.meta.dirname, '../../../backend/test/support/typescript-hooks.mjs');
const onThread = lightGcnOnThread('wasm', {
  file: join(import.meta.dirname, 'light-gcn-worker.ts'),
  execArgv: ['--experimental-transform-types', '--no-warnings', '--import', HOOKS],
});

const CIRCLES = 4;
const ITEMS = 80;
const LISTENERS = 120;
const circleOf = (number: number): number => number % CIRCLES;

interface Taste {
  readonly heard: Histories;
  /** One item of each listener's circle that was left out. */
  readonly held: readonly number[];
}

/** Listeners of four circles who hear items of their own, now and then anything; the low numbers of a circle most. */
const tastes = (): Taste => {
  const random = seededRandom(11);
  const held: number[] = [];
  const pairs = Array.from({ length: LISTENERS }, (_, user) => {
    const own = new Set<number>();
    while (own.size < 9) {
      const place = Math.floor(random.next() ** 1.5 * (ITEMS / CIRCLES));
      own.add(random.next() < 0.1 ? random.below(ITEMS) : place * CIRCLES + circleOf(user));
    }
    const items = [...own];
    held.push(items.findLast((item) => circleOf(item) === circleOf(user)) ?? 0);
    return items.filter((item) => item !== held[user]).map((item) => [user, item] as const);
  }).flat();
  const heard = toHistories({
    userCount: LISTENERS,
    itemCount: ITEMS,
    users: Int32Array.from(pairs, ([user]) => user),
    items: Int32Array.from(pairs, ([, item]) => item),
    weights: new Float32Array(pairs.length).fill(1),
  });
  return { heard, held };
};

const firstFive = (model: Model, heard: Histories, user: number): number[] => {
  const known = new Set(historyOf(heard, user).items);
  const scores = model.scores(historyOf(heard, user));
  const open = [...scores.keys()].filter((item) => !known.has(item));
  return open.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b).slice(0, 5);
};

const found = (model: Model, { heard, held }: Taste): number =>
  held.filter((item, user) => firstFive(model, heard, user).includes(item)).length;

const leftOut = ({ heard, held }: Taste): Histories =>
  toHistories({
    userCount: heard.userCount,
    itemCount: heard.itemCount,
    users: Int32Array.from(held.keys()),
    items: Int32Array.from(held),
    weights: new Float32Array(held.length).fill(1),
  });

describe('LightGCN', () => {
  const taste = tastes();
  const trainer = lightGcn('wasm');
  const settings = { ...trainer.defaults, width: 16, steps: 30 };
  let model: Model;
  beforeAll(async () => {
    model = await trainer.train(taste.heard, settings, 1);
  });

  it('finds what listeners had left out more than twice as often as popularity', async () => {
    const baseline = found(await popularity.train(taste.heard, {}, 1), taste);
    expect(found(model, taste)).toBeGreaterThan(2 * baseline);
  });

  it('gives a listener it never saw what their circle hears', () => {
    const stranger = { items: Int32Array.of(3, 7, 11), weights: Float32Array.of(1, 1, 1) };
    const scores = model.scores(stranger);
    const best = [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0)).slice(0, 8);
    expect(best.map(circleOf)).toEqual(best.map(() => circleOf(3)));
  });

  it('makes the same bits of the same data and seed, and others of another seed', async () => {
    const again = await trainer.train(taste.heard, settings, 1);
    const other = await trainer.train(taste.heard, settings, 2);
    expect(again.state).toEqual(model.state);
    expect(other.state).not.toEqual(model.state);
  });

  it('makes the same bits on a thread of its own', async () =>
    expect((await onThread.train(taste.heard, settings, 1)).state).toEqual(model.state));

  it('fails with a thread that fails, and with nothing else', async () => {
    const broken = { ...settings, width: -1 };
    await expect(onThread.train(taste.heard, broken, 1)).rejects.toThrow('Invalid');
  });

  it('is the same model when it is made again of its numbers', () =>
    expect(trainer.restore(model.state).scores(historyOf(taste.heard, 5))).toEqual(
      model.scores(historyOf(taste.heard, 5)),
    ));

  it('names what was liked of the same circle as nearest to an item, and nothing to who liked nothing', () => {
    const restored = trainer.restore(model.state);
    if (!isNearing(restored)) throw new TypeError('LightGCN knows what lies near');
    const mixed = { items: Int32Array.of(1, 3, 8), weights: Float32Array.of(1, 1, -1) };
    expect(restored.nearest(mixed, 7)?.item).toBe(3);
    expect(restored.nearest(mixed, 5)?.item).toBe(1);
    expect(restored.nearest({ items: Int32Array.of(8), weights: Float32Array.of(-1) }, 4)).toBeNull();
  });

  it('refuses numbers that are none', () => {
    const items = (model.state.arrays.items ?? new Float32Array()).slice();
    items[7] = NaN;
    const broken = { ...model.state, arrays: { ...model.state.arrays, items } };
    expect(() => trainer.restore(broken)).toThrow('items[7] is NaN');
  });

  it('has no opinion for whoever heard nothing', () =>
    expect(new Set(model.scores({ items: new Int32Array(), weights: new Float32Array() }))).toEqual(
      new Set([0]),
    ));

  it('knows circles also where a sample of the items stands for all', async () => {
    const many = { ...taste.heard, itemCount: 20_500 };
    const sampled = await trainer.train(many, { ...settings, steps: 20 }, 1);
    expect(found(sampled, { ...taste, heard: many })).toBeGreaterThan(
      found(await popularity.train(many, {}, 1), taste),
    );
  });

  (loadsNode() ? it : it.skip)(
    'finds as much on the native library (needs @tensorflow/tfjs-node to load)',
    async () => {
      const native = await lightGcn('node').train(taste.heard, settings, 1);
      const wanted = leftOut(taste);
      const gain = (found: Model): number => measure(found, taste.heard, wanted).ndcg20;
      expect(Math.abs(gain(native) - gain(model))).toBeLessThan(0.003);
    },
  );
});
