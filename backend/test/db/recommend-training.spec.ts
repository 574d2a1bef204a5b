import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JobHandlers } from '../../src/jobs/job-map.js';
import { JobQueue } from '../../src/jobs/job-queue.js';
import { PlayRepository } from '../../src/plays/play.repository.js';
import { Likings } from '../../src/recommend/likings.js';
import { ModelStore } from '@kanade/ml';
import { toRecommender } from '../../src/recommend/model-shelf.js';
import { Models } from '../../src/recommend/models.js';
import { Rollback } from '../../src/recommend/rollback.js';
import { TrainJob, TrainingRoom } from '../../src/recommend/train.job.js';
import { TrainingThreads } from '../../src/recommend/training-threads.js';
import { Trainings } from '../../src/recommend/trainings.js';
import type { Training } from '../../src/recommend/trainings.dto.js';
import { Weights } from '../../src/recommend/weights.js';
import { eventually } from '../support/client.js';
import { addPlainTracks } from '../support/plain-tracks.js';
import { playRow } from '../support/play-rows.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';
import { addTasteClusters, type TasteClusters } from '../support/taste-clusters.js';
import { IDLE_HANDLERS } from '../support/idle-handlers.js';

describe('training the recommender', () => {
  let test: TestDatabase;
  let queue: JobQueue;
  let folder: string;
  let store: ModelStore;
  let trainings: Trainings;
  let rollback: Rollback;
  let house: TasteClusters;

  beforeAll(async () => {
    test = await testDatabase();
    const { db } = test;
    folder = await mkdtemp(join(tmpdir(), 'kanade-models-'));
    store = new ModelStore(folder);
    queue = new JobQueue(test.url);
    trainings = new Trainings(db, queue);
    rollback = new Rollback(store);
    const room = new TrainingRoom(
      new Weights(db),
      new Likings(db),
      store,
      new TrainingThreads(new URL('../../dist/recommend/training-thread.js', import.meta.url)),
    );
    const job = new TrainJob(trainings, room);
    const handlers: JobHandlers = {
      ...IDLE_HANDLERS,
      'recommend.train': ({ trainingId }, signal, isLast) => job.run(trainingId, signal, isLast),
    };
    await queue.work(handlers);
  });
  afterAll(async () => {
    await queue.onModuleDestroy();
    await test.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    house = await addTasteClusters(test.db);
  });
  afterEach(async () => {
    await test.db.query('DELETE FROM users');
    await test.db.query('DELETE FROM libraries');
    await rm(folder, { recursive: true, force: true });
  });

  const train = async (): Promise<Training> => {
    const { id } = await trainings.ask('asked');
    const find = async (): Promise<Training | undefined> =>
      (await trainings.list({ limit: 50 })).items.find((training) => training.id === id);
    const ended = await eventually(find, (training) => training?.endedAt !== null);
    if (ended === undefined) throw new Error('the training is gone');
    return ended;
  };
  /** Besides their own music everybody hears the hits, and lately nothing but those that they had missed. */
  const hearHits = async (): Promise<void> => {
    const { trackIds: hits } = await addPlainTracks(test.db, 20);
    await test.db.query(`UPDATE plays SET started_at = started_at - interval '30 days'`);
    const now = Date.now();
    const rows = house.userIds.flatMap((userId, listener) =>
      hits.map((trackId, at) => {
        const startedAt = new Date(now - ((at + listener * 5) % 20 < 7 ? 1 : 20) * 86_400_000);
        return playRow({ userId, trackId, startedAt });
      }),
    );
    await test.db.transaction((tx) => new PlayRepository(test.db).add(rows, tx));
  };

  it('lets a model serve that learnt more than what everybody plays, and says by how much', async () => {
    const training = await train();
    expect(training).toMatchObject({ state: 'promoted', reason: null, progress: 1, stage: null });
    expect(training.rung).toBe('item-knn');
    const { report } = training;
    expect(report).toMatchObject({ listeners: 12, tasteListeners: 12, tracks: 144, previous: null });
    expect(report?.holdOut).toMatchObject({ kind: 'temporal', listeners: 12 });
    const [popularity, itemKnn] = report?.models ?? [];
    expect(itemKnn?.ndcg20).toBeGreaterThan(2 * (popularity?.ndcg20 ?? 1));
    expect(await store.currentVersion()).toBe(training.model);
    expect(toRecommender(await store.read(training.model ?? '')).trackIds).toHaveLength(144);
  });

  it('takes one that waits for the one that is asked for', async () => {
    const idle = await testDatabase();
    const jobs = new JobQueue(idle.url);
    await jobs.start();
    const asked = new Trainings(idle.db, jobs);
    const [one, other] = await Promise.all([asked.ask('asked'), asked.ask('nightly')]);
    expect(one.id).toBe(other.id);
    expect((await asked.list({ limit: 10 })).items).toHaveLength(1);
    await jobs.onModuleDestroy();
    await idle.close();
  });

  it('has nothing to learn from without plays, and says so', async () => {
    await test.db.query('DELETE FROM plays');
    expect(await train()).toMatchObject({ state: 'refused', reason: 'noPlays', model: null });
    expect(await store.currentVersion()).toBeNull();
  });

  it('learns from one listener and one track what there is', async () => {
    await test.db.query('DELETE FROM plays');
    const [userId = ''] = house.userIds;
    const row = playRow({ userId, trackId: house.clusters[0]?.[0] ?? '', startedAt: new Date() });
    await test.db.transaction((tx) => new PlayRepository(test.db).add([row], tx));
    expect(await train()).toMatchObject({ state: 'promoted', rung: 'popularity' });
  });

  it('keeps the old model where the new one shows less of the music, and says why', async () => {
    const before = await train();
    await hearHits();
    const after = await train();
    expect(after).toMatchObject({ state: 'refused', reason: 'coverage', rung: 'popularity', model: null });
    const gate = after.report?.gates.find(({ name }) => name === 'coverage');
    expect(gate?.passed).toBe(false);
    expect(gate?.value).toBeLessThan(gate?.needed ?? 0);
    expect(after.report?.previous).not.toBeNull();
    expect(await store.currentVersion()).toBe(before.model);
  });

  it('keeps three models, and goes back to the one before', async () => {
    const made: Training[] = [];
    for (let at = 0; at < 4; at++) made.push(await train());
    const [, second, third, fourth] = made;
    expect(await rollback.standing()).toEqual({
      current: fourth?.model,
      kept: [fourth?.model, third?.model, second?.model],
    });
    expect(await rollback.toPrevious()).toBe(third?.model);
    expect(await store.currentVersion()).toBe(third?.model);
    expect(await rollback.toPrevious()).toBe(second?.model);
    await expect(rollback.toPrevious()).rejects.toThrow('no earlier model');
    expect(await store.currentVersion()).toBe(second?.model);
  });

  it('passes over a broken model on its way back, serves the one before a broken one, and trains in spite of it', async () => {
    const [first, second, third] = [await train(), await train(), await train()].map(
      ({ model }) => model ?? '',
    );
    const models = new Models(store);
    expect(await models.current()).toMatchObject({ version: third, path: 'item-knn' });
    const file = join(folder, second ?? '', 'ranking.weights.f32');
    const bytes = await readFile(file);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    await writeFile(file, bytes);
    expect(await rollback.toPrevious()).toBe(first);
    await writeFile(join(folder, first ?? '', 'manifest.json'), '{"formatVersion":');
    expect(await models.current()).toMatchObject({ version: third });
    expect(await new Models(store).current()).toBeNull();
    expect(await train()).toMatchObject({ state: 'promoted', report: { previous: null } });
  });

  it('leaves nothing behind of a model that was written by half', async () => {
    const { model } = await train();
    await mkdir(join(folder, '.writing-abc'));
    const next = await train();
    expect((await readdir(folder)).sort()).toEqual(['current', model, next.model].sort());
  });
});
