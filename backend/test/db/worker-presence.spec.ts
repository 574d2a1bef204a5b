import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../../src/common/id.js';
import { WorkerPresence } from '../../src/database/worker-presence.js';
import { JobQueue } from '../../src/jobs/job-queue.js';
import { workerLegacy } from '../../src/transcode/worker-legacy.js';
import { eventually } from '../support/client.js';
import { CuttableLine } from '../support/cuttable-line.js';
import { addPendingTrack } from '../support/measured-track.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

/** A job and a lease that somebody is at, with all the time that they are given. */
const HELD = { job: 'active', lease: true };
const FREE = { job: 'retry', lease: false };

describe('what dead workers held', () => {
  let test: TestDatabase;
  let queue: JobQueue;
  const living: WorkerPresence[] = [];
  beforeAll(async () => {
    test = await testDatabase();
    queue = new JobQueue(test.url);
    await queue.start();
  });
  afterAll(async () => {
    await queue.onModuleDestroy();
    await test.close();
  });
  beforeEach(async () => {
    const { trackId } = await addPendingTrack(test.db, `/music/${newId()}.flac`);
    await test.db.query(
      `INSERT INTO renditions (id, track_id, codec, bitrate_kbps, state, sample_rate_hz, sample_count, lease_owner,
                               lease_expires_at, fence)
       VALUES ($1, $2, 'opus', 160, 'encoding', 48000, 48000, $1, now() + interval '30 s', 1)`,
      [newId(), trackId],
    );
    await queue.enqueue('transcode.track', { trackId });
    await test.db.query(`UPDATE pgboss.job SET state = 'active', started_on = now(), heartbeat_on = now()`);
  });
  afterEach(async () => {
    for (const each of living.splice(0)) await each.leave();
    await test.db.query('DELETE FROM pgboss.job');
    await test.db.query('DELETE FROM renditions');
  });

  const start = async (url = test.url): Promise<void> => {
    living.push(await WorkerPresence.enter(url, workerLegacy));
  };
  const held = () =>
    test.db.first(
      `SELECT (SELECT state FROM pgboss.job) AS job,
              (SELECT lease_expires_at > now() FROM renditions) AS lease`,
    );

  it('comes back at the next start, without waiting for its lease and its heartbeat', async () => {
    await start();
    expect(await held()).toEqual(FREE);
  });

  it('is not taken from a second worker that lives', async () => {
    await test.db.query(`UPDATE pgboss.job SET state = 'completed'`);
    await test.db.query(`UPDATE renditions SET state = 'queued'`);
    await start();
    await test.db.query(`UPDATE pgboss.job SET state = 'active'`);
    await test.db.query(`UPDATE renditions SET state = 'encoding'`);
    await start();
    expect(await held()).toEqual(HELD);
  });

  it('is not taken from one whose connection was lost a moment ago, and is once that has died', async () => {
    await test.db.query(`UPDATE pgboss.job SET state = 'completed'`);
    await test.db.query(`UPDATE renditions SET state = 'queued'`);
    const line = await CuttableLine.to(new URL(test.url));
    await start(line.url);
    await test.db.query(`UPDATE pgboss.job SET state = 'active'`);
    await test.db.query(`UPDATE renditions SET state = 'encoding'`);
    await line.cut();
    const starting = start();
    await line.mend();
    await starting;
    expect(await held()).toEqual(HELD);
    await line.cut();
    for (const each of living.splice(0)) await each.leave();
    await eventually(
      () => test.db.query(`SELECT FROM pg_locks WHERE locktype = 'advisory' AND mode = 'ShareLock'`),
      (locks) => locks.length === 0,
    );
    await start();
    expect(await held()).toEqual(FREE);
  });

  it('comes back once when two workers start together', async () => {
    await Promise.all([start(), start()]);
    expect(await held()).toEqual(FREE);
  });
});
