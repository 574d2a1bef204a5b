import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Notifier } from '../../src/database/notifier.js';
import { JobQueue } from '../../src/jobs/job-queue.js';
import { PlayedRungs } from '../../src/transcode/played-rungs.js';
import { RenditionRepository } from '../../src/transcode/rendition.repository.js';
import { SourceRepository } from '../../src/transcode/source.repository.js';
import { addPendingTrack } from '../support/measured-track.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

describe('the other rungs of what is played', () => {
  let database: TestDatabase;
  let jobs: JobQueue;
  beforeAll(async () => {
    database = await testDatabase();
    jobs = new JobQueue(database.url);
    await jobs.start();
  });
  afterAll(async () => {
    await jobs.onModuleDestroy();
    await database.close();
  });

  const playedRungs = (restMs: number): PlayedRungs => {
    const { db } = database;
    const renditions = new RenditionRepository(db, new Notifier(db));
    return new PlayedRungs(new SourceRepository(db), renditions, jobs, restMs);
  };

  it('are queued at the first segment, and a failure is not repeated at each one after it', async () => {
    const { trackId, fileId } = await addPendingTrack(database.db, '/music/a.flac');
    const key = { trackId, codec: 'opus', bitrateKbps: 160 } as const;
    const [patient, restless] = [playedRungs(60_000), playedRungs(0)];
    for (const each of [patient, restless])
      await expect(each.played(key)).rejects.toMatchObject({ code: 'TRACK_NOT_READY' });
    await database.db.query(
      `UPDATE tracks SET lossless = true, sample_rate_hz = 48000, channels = 2, sample_count = 480000 WHERE id = $1`,
      [trackId],
    );
    await database.db.query(`UPDATE files SET state = 'ready' WHERE id = $1`, [fileId]);
    const queued = (): Promise<readonly unknown[]> =>
      database.db.query('SELECT bitrate_kbps FROM renditions WHERE track_id = $1', [trackId]);
    expect(patient.played(key)).toBeUndefined();
    expect(await queued()).toEqual([]);
    await restless.played(key);
    expect(await queued()).toHaveLength(3);
    expect(restless.played(key)).toBeUndefined();
  });
});
