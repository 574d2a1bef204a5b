import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Notifier } from '../../src/database/notifier.js';
import type { JobHandlers } from '../../src/jobs/job-map.js';
import { JobQueue } from '../../src/jobs/job-queue.js';
import { PlayRepository } from '../../src/plays/play.repository.js';
import { Likings } from '../../src/recommend/likings.js';
import { ModelShelf } from '../../src/recommend/model-shelf.js';
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

const nothing = (): Promise<void> => Promise.resolve();

describe('training the recommender', () => {
  let test: TestDatabase;
  let queue: JobQueue;
  let notifier: Notifier;
  let folder: string;
  let shelf: ModelShelf;
  let trainings: Trainings;
  let rollback: Rollback;
  let house: TasteClusters;

  beforeAll(async () => {
    test = await testDatabase();
    const { db } = test;
    folder = await mkdtemp(join(tmpdir(), 'kanade-models-'));
    shelf = new ModelShelf(folder);
    notifier = new Notifier(db);
    queue = new JobQueue(test.url);
    trainings = new Trainings(db, queue);
    rollback = new Rollback(shelf, notifier);
    const room = new TrainingRoom(
      new Weights(db),
      new Likings(db),
      shelf,
      notifier,
      new TrainingThreads(new URL('../../dist/recommend/training-thread.js', import.meta.url)),
    );
    const job = new TrainJob(trainings, room);
    const handlers: JobHandlers = {
      'ingest.scan': nothing,
      'ingest.analyse': nothing,
      'ingest.remeasure': nothing,
      'transcode.track': nothing,
      'catalog.sort-keys': nothing,
      'search.rebuild': nothing,
      'recommend.weekly': nothing,
      'recommend.train': ({ trainingId }, signal, isLast) => job.run(trainingId, signal, isLast),
    };
    await queue.work(handlers);
  });
  afterAll(async () => {
    await queue.onModuleDestroy();
    await notifier.onModuleDestroy();
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
    expect(await shelf.currentVersion()).toBe(training.id);
    expect((await shelf.read(training.id)).trackIds).toHaveLength(144);
  });

  it('takes one that waits for the one that is asked for', async () => {
    const [one, other] = await Promise.all([trainings.ask('asked'), trainings.ask('nightly')]);
    expect(one.id).toBe(other.id);
    await eventually(
      () => trainings.list({ limit: 1 }),
      ({ items }) => items[0]?.endedAt !== null,
    );
  });

  it('has nothing to learn from without plays, and says so', async () => {
    await test.db.query('DELETE FROM plays');
    expect(await train()).toMatchObject({ state: 'refused', reason: 'noPlays', model: null });
    expect(await shelf.currentVersion()).toBeNull();
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
    expect(await shelf.currentVersion()).toBe(before.id);
  });

  it('keeps three models, and goes back to the one before', async () => {
    const made: Training[] = [];
    for (let at = 0; at < 4; at++) made.push(await train());
    const [, second, third, fourth] = made;
    expect(await rollback.standing()).toEqual({
      current: fourth?.id,
      kept: [fourth?.id, third?.id, second?.id],
    });
    expect(await rollback.toPrevious()).toBe(third?.id);
    expect(await shelf.currentVersion()).toBe(third?.id);
    expect(await rollback.toPrevious()).toBe(second?.id);
    await expect(rollback.toPrevious()).rejects.toThrow('no earlier model');
    expect(await shelf.currentVersion()).toBe(second?.id);
  });

  it('passes over a broken model on its way back, and trains in spite of one', async () => {
    const made = [await train(), await train(), await train()];
    const file = join(folder, made[1]?.id ?? '', 'model-weights.bin');
    const bytes = await readFile(file);
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    await writeFile(file, bytes);
    await expect(shelf.read(made[1]?.id ?? '')).rejects.toThrow('model-weights.bin is not what was written');
    expect(await rollback.toPrevious()).toBe(made[0]?.id);
    await writeFile(join(folder, made[0]?.id ?? '', 'manifest.json'), '{"schemaVersion":');
    expect(await train()).toMatchObject({ state: 'promoted', report: { previous: null } });
  });

  it('leaves nothing behind of a model that was written by half', async () => {
    const { id } = await train();
    await writeFile(join(folder, `.current`), 'a leftover');
    const next = await train();
    expect((await readdir(folder)).sort()).toEqual([id, next.id, 'current'].sort());
  });
});
