import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, readFile, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ModelState } from '../models/model.js';
import { popularity } from '../models/popularity.js';
import { MANIFEST_FILE, type TrainingFacts } from './manifest.js';
import { ModelStore } from './model-store.js';
import { ServedModel } from './served-model.js';

const TRAINING: TrainingFacts = {
  path: 'blend',
  trainedAt: '2026-11-24T03:00:00.000Z',
  window: { from: null, to: '2026-11-24T00:00:00.000Z' },
  counts: { listeners: 2, items: 3, plays: 4 },
  backend: 'wasm',
  seed: 1,
  settings: { ials: { width: 64 } },
  metrics: [{ model: 'popularity', values: { 'ndcg@20': 0.1 } }],
  gates: [{ name: 'beats-item-knn', isPassed: true, words: '0.33 against 0.32' }],
  cpuSeconds: 3.5,
  parent: null,
  origins: [],
};

const stateWith = (...scores: number[]): ModelState => ({
  kind: 'popularity',
  itemCount: scores.length,
  numbers: { half: 0.5 },
  arrays: { scores: Float32Array.from(scores) },
});

const blend: ModelState = {
  kind: 'blend',
  itemCount: 3,
  numbers: {},
  arrays: { Weights: Float64Array.of(0.1, 0.9), starts: Int32Array.of(0, -5, 7) },
  members: [stateWith(1, 2, 3), stateWith(4, 5, 6)],
};

describe('the folder of models', () => {
  let root: string;
  let store: ModelStore;
  const save = (...scores: number[]): Promise<string> =>
    store.save({ training: TRAINING, parts: { ranking: stateWith(...scores) } }, new Date(1_000));
  const served = () =>
    new ServedModel(store, ({ parts }) => popularity.restore(parts.ranking ?? stateWith()));
  const heard = { items: new Int32Array(), weights: new Float32Array() };

  beforeEach(async () => {
    root = join(await mkdtemp(join(tmpdir(), 'models-')), 'models');
    store = new ModelStore(root);
  });
  afterEach(() => rm(join(root, '..'), { recursive: true, force: true }));

  it('gives back every number and every attached file, members of a blend too', async () => {
    const attached = new Map([['item-ids.txt', Buffer.from('a\nb\nc\n')]]);
    const version = await store.save({ training: TRAINING, parts: { ranking: blend }, attached });
    const read = await store.read(version);
    expect(read.parts.ranking).toEqual(blend);
    expect(read.manifest.training).toEqual(TRAINING);
    expect(Buffer.from(read.attached.get('item-ids.txt') ?? []).toString()).toBe('a\nb\nc\n');
  });

  it('serves nobody a model that was only saved', async () => {
    await save(1, 2);
    expect(await store.currentVersion()).toBeNull();
    expect((await served().look()).refusal?.code).toBe('NONE');
  });

  it('swaps in memory when another model becomes current, and only then', async () => {
    const model = served();
    await store.makeCurrent(await save(1, 2));
    expect(await model.look()).toEqual({ isNew: true, refusal: null });
    const held = model.current?.made;
    expect(await model.look()).toEqual({ isNew: false, refusal: null });
    await store.makeCurrent(await save(8, 9));
    expect((await model.look()).isNew).toBe(true);
    expect([...(model.current?.made.scores(heard) ?? [])]).toEqual([8, 9]);
    expect([...(held?.scores(heard) ?? [])]).toEqual([1, 2]);
  });

  it('goes back to the model before, and past a damaged one', async () => {
    const versions = [await save(1), await save(2), await save(3)];
    await store.makeCurrent(versions[2] ?? '');
    await writeFile(join(root, versions[1] ?? '', 'ranking.scores.f32'), 'none');
    expect(await store.rollBack()).toBe(versions[0]);
    expect(await store.currentVersion()).toBe(versions[0]);
    await expect(store.rollBack()).rejects.toMatchObject({ code: 'NOTHING_OLDER' });
  });

  it('keeps the last three, and the current one however old it is', async () => {
    const versions: string[] = [];
    for (const score of [1, 2, 3, 4, 5]) versions.push(await save(score));
    await store.makeCurrent(versions[0] ?? '');
    await mkdir(join(root, '.writing-of-a-training-that-died'));
    expect(await store.prune()).toEqual([versions[1]]);
    expect((await readdir(root)).sort()).toEqual(['current', ...versions.filter((_, at) => at !== 1)]);
  });

  it('has models in the order they were saved, also when the clock goes back', async () => {
    const late = await store.save({ training: TRAINING, parts: {} }, new Date(9_000));
    const early = await store.save({ training: TRAINING, parts: {} }, new Date(1_000));
    expect(await store.versions()).toEqual([late, early]);
  });

  it('writes no model with a number that is none', async () => {
    await expect(save(1, NaN)).rejects.toMatchObject({
      code: 'NOT_FINITE',
      message: 'popularity.scores[1] is NaN',
    });
    expect(await store.versions()).toEqual([]);
  });

  it.each(['../evil', 'Upper', MANIFEST_FILE])('attaches no file called %s', async (name) => {
    const attached = new Map([[name, Buffer.from('x')]]);
    await expect(store.save({ training: TRAINING, parts: {}, attached })).rejects.toThrow('names no file');
  });

  describe('whose current model is damaged', () => {
    let model: ServedModel<ReturnType<typeof popularity.restore>>;
    let broken: string;
    const file = (name: string): string => join(root, broken, name);
    const manifestWith = async (change: (text: string) => string): Promise<void> =>
      writeFile(file('manifest.json'), change(await readFile(file('manifest.json'), 'utf8')));

    beforeEach(async () => {
      model = served();
      await store.makeCurrent(await save(1, 2));
      await model.look();
      broken = await save(3, 4);
      await store.makeCurrent(broken);
    });

    it.each([
      [
        'a flipped bit',
        'DAMAGED_FILE',
        async () => writeFile(file('ranking.scores.f32'), Buffer.alloc(8, 1)),
      ],
      ['a file that ends early', 'DAMAGED_FILE', () => truncate(file('ranking.scores.f32'), 5)],
      ['no file', 'MISSING', () => rm(file('ranking.scores.f32'))],
      ['no manifest', 'MISSING', () => rm(file('manifest.json'))],
      ['half a manifest', 'UNREADABLE_MANIFEST', () => manifestWith((text) => text.slice(0, 200))],
      ['a manifest of a list', 'UNREADABLE_MANIFEST', () => manifestWith(() => '[]')],
      [
        'a manifest of other things',
        'UNREADABLE_MANIFEST',
        () => manifestWith((text) => text.replace(/"parts": \{/, '"parts": 7, "rest": {')),
      ],
      ['an empty manifest', 'UNREADABLE_MANIFEST', () => manifestWith(() => '{"formatVersion":1}')],
      [
        'a format of later',
        'FOREIGN_VERSION',
        () => manifestWith((text) => text.replace('"formatVersion": 1', '"formatVersion": 2')),
      ],
      [
        'a file outside',
        'UNREADABLE_MANIFEST',
        () => manifestWith((text) => text.replaceAll('ranking.scores.f32', '../../secret')),
      ],
      [
        'another version inside',
        'DAMAGED_FILE',
        () => manifestWith((text) => text.replace(broken, 'm000000000000007')),
      ],
      ['nothing left', 'MISSING', () => rm(join(root, broken), { recursive: true })],
    ] as const)('serves the one before and says why: %s', async (_, code, damage) => {
      await damage();
      const { isNew, refusal } = await model.look();
      expect({ isNew, code: refusal?.code }).toEqual({ isNew: false, code });
      expect([...(model.current?.made.scores(heard) ?? [])]).toEqual([1, 2]);
    });

    it('cannot be made current again', async () => {
      await truncate(file('ranking.scores.f32'), 4);
      await expect(store.makeCurrent(broken)).rejects.toMatchObject({ code: 'DAMAGED_FILE' });
    });
  });
});
