import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { availableParallelism } from 'node:os';
import { JobQueue } from '../../src/jobs/job-queue.js';
import type { JobHandlers } from '../../src/jobs/job-map.js';
import { eventually } from '../support/client.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

const handlers = (analyse: JobHandlers['ingest.analyse']): JobHandlers => ({
  'ingest.scan': () => Promise.resolve(),
  'ingest.analyse': analyse,
  'ingest.remeasure': () => Promise.resolve(),
  'transcode.track': () => Promise.resolve(),
  'catalog.sort-keys': () => Promise.resolve(),
  'search.rebuild': () => Promise.resolve(),
  'recommend.train': () => Promise.resolve(),
  'recommend.weekly': () => Promise.resolve(),
});

describe('jobs', () => {
  let test: TestDatabase;
  let queue: JobQueue;
  const seen: string[] = [];
  beforeAll(async () => {
    test = await testDatabase();
    queue = new JobQueue(test.url);
    await queue.start();
  });
  afterAll(async () => {
    await queue.onModuleDestroy();
    await test.close();
  });

  const waiting = async (): Promise<number> =>
    (
      await test.db.first<{ count: number }>(
        `SELECT count(*)::int AS count FROM pgboss.job WHERE name = 'ingest.analyse' AND state < 'active'`,
      )
    )?.count ?? 0;

  it('exists exactly when the transaction that asked for it commits', async () => {
    await test.db
      .transaction((tx) =>
        queue.enqueue('ingest.analyse', { fileId: 'a' }, { tx }).then(() => Promise.reject(new Error('no'))),
      )
      .catch(() => undefined);
    expect(await waiting()).toBe(0);
    await test.db.transaction((tx) => queue.enqueue('ingest.analyse', { fileId: 'a' }, { tx }));
    expect(await waiting()).toBe(1);
  });

  it('waits only for a hand, not for its time', async () => {
    expect(await queue.hasWaiting('ingest.analyse')).toBe(true);
    expect(await queue.hasWaiting('ingest.scan')).toBe(false);
    await test.db.query(`UPDATE pgboss.job SET start_after = now() + interval '1 min'`);
    expect(await queue.hasWaiting('ingest.analyse')).toBe(false);
    await test.db.query('UPDATE pgboss.job SET start_after = now()');
  });

  it('begins at once though the clock was set back since it was queued, and a retry keeps its pause', async () => {
    for (const [ahead, waits] of [
      ['1 hour', true],
      ['2 minutes', false],
    ] as const) {
      await test.db.query('UPDATE pgboss.job SET start_after = now() + $1::interval', [ahead]);
      await queue.bringForward();
      expect([ahead, await queue.hasWaiting('ingest.analyse')]).toEqual([ahead, waits]);
    }
    await test.db.query('UPDATE pgboss.job SET start_after = now()');
  });

  it('is not queued twice, and one that is known already does not stop its neighbours', async () => {
    await queue.enqueueMany('ingest.analyse', [{ fileId: 'a' }, { fileId: 'b' }, { fileId: 'b' }]);
    expect(await waiting()).toBe(2);
  });

  it('moves up when somebody comes to wait for it', async () => {
    await queue.enqueue('transcode.track', { trackId: 'idle' });
    await queue.hasten('transcode.track', [{ trackId: 'idle' }, { trackId: 'new' }]);
    const rows = await test.db.query(
      `SELECT data->>'trackId' AS "trackId", priority FROM pgboss.job WHERE name = 'transcode.track' ORDER BY 1`,
    );
    expect(rows).toEqual([
      { trackId: 'idle', priority: 100 },
      { trackId: 'new', priority: 100 },
    ]);
  });

  it('moves up and never down, and is not queued by that', async () => {
    await queue.enqueue('transcode.track', { trackId: 'liked' });
    const raised = [{ trackId: 'liked' }, { trackId: 'idle' }, { trackId: 'nobody queued it' }];
    await queue.raise('transcode.track', raised, 20);
    const rows = await test.db.query(
      `SELECT data->>'trackId' AS "trackId", priority FROM pgboss.job WHERE name = 'transcode.track' ORDER BY 1`,
    );
    expect(rows).toEqual([
      { trackId: 'idle', priority: 100 },
      { trackId: 'liked', priority: 20 },
      { trackId: 'new', priority: 100 },
    ]);
  });

  it('runs, is tried again when it fails, and its handler gets the payload', async () => {
    await new Promise<void>((resolve) => {
      void queue.work(
        handlers(({ fileId }) => {
          seen.push(fileId);
          const done = seen.filter((id) => id === 'a').length === 2 && seen.includes('b');
          if (done) resolve();
          return fileId === 'a' && seen.filter((id) => id === 'a').length === 1
            ? Promise.reject(new Error('the first try fails'))
            : Promise.resolve();
        }),
      );
    });
    expect(seen.filter((id) => id === 'a')).toHaveLength(2);
  });

  it('runs as many as are queued one after another, without a pause for the next poll', async () => {
    const fileIds = Array.from({ length: 20 * availableParallelism() }, (_, at) => `file ${at}`);
    await queue.enqueueMany(
      'ingest.analyse',
      fileIds.map((fileId) => ({ fileId })),
    );
    const left = await eventually(
      () => Promise.resolve(fileIds.filter((fileId) => !seen.includes(fileId))),
      ({ length }) => length === 0,
      20_000,
    );
    expect(left).toEqual([]);
  });
});
