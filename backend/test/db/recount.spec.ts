import { lstatSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Notifier } from '../../src/database/notifier.js';
import { Analyser } from '../../src/ingest/analyser.js';
import { Covers } from '../../src/ingest/covers.js';
import { ForgottenFiles } from '../../src/ingest/forgotten-files.js';
import { OlderCounts } from '../../src/ingest/older-counts.js';
import { JobQueue } from '../../src/jobs/job-queue.js';
import { renderArtwork } from '../../src/media/artwork.js';
import { hashAudio, measure } from '../../src/media/facts.js';
import { LADDER } from '../../src/media/ladder.js';
import { versionsOfTools } from '../../src/media/sound-facts.js';
import { makeWriters } from '../support/catalog.js';
import { TestEncoders } from '../support/encoders.js';
import { addMeasuredTrack } from '../support/measured-track.js';
import { silentTags } from '../support/packet-files.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';
import { ToneFolder } from '../support/tones.js';

const going = new AbortController().signal;
const SAMPLES = 3 * 44_100;
const [FIRST, SECOND] = LADDER.filter(({ codec }) => codec === 'aac');

describe('a count of samples that another ffmpeg came to', () => {
  let database: TestDatabase;
  let tones: ToneFolder;
  let encoders: TestEncoders;
  let jobs: JobQueue;
  let notifier: Notifier;
  let trackId: string;
  let fileId: string;

  beforeAll(async () => {
    database = await testDatabase();
    tones = await ToneFolder.create();
    encoders = new TestEncoders(database.db, tones.tools);
    jobs = new JobQueue(database.url);
    await jobs.start();
    notifier = new Notifier(database.db);
    await tones.wav('three.wav', { seconds: 3, noise: 0.1 });
  });
  afterAll(async () => {
    await notifier.onModuleDestroy();
    await jobs.onModuleDestroy();
    await encoders.close();
    await tones.remove();
    await database.close();
  });
  beforeEach(async () => {
    await database.db.query('DELETE FROM libraries');
    const path = tones.path('three.wav');
    ({ trackId, fileId } = await addMeasuredTrack(database.db, tones.tools, path));
    const { size, ino } = lstatSync(path);
    await database.db.query('UPDATE files SET size_bytes = $2, inode = $3 WHERE id = $1', [
      fileId,
      size,
      ino,
    ]);
  });

  /** As if it had been measured by a program that trims the end otherwise. */
  const countedBy = async (version: string, samples = SAMPLES - 1105): Promise<void> => {
    await database.db.query('UPDATE files SET facts_version = 1, ffmpeg_version = $2 WHERE id = $1', [
      fileId,
      version,
    ]);
    await database.db.query('UPDATE tracks SET sample_count = $2 WHERE id = $1', [trackId, samples]);
  };
  const encode = async (rung = FIRST): Promise<void> => {
    if (rung === undefined) throw new Error('no rung');
    await encoders.renditions.queue(await encoders.sources.get(trackId), [rung]);
    await encoders.ladder('lazy').encodeTrack(trackId, going);
  };
  const isDoubted = async (): Promise<boolean> =>
    (await database.db.first<{ n: number }>('SELECT facts_version AS n FROM files'))?.n === 0;

  it('is believed while encodes come to it, whatever its version', async () => {
    await countedBy('4.0', SAMPLES);
    await encode();
    expect(await isDoubted()).toBe(false);
  });

  it('is not doubted where the same ffmpeg counted: then the file is as it is', async () => {
    await countedBy(tones.tools.version);
    await encode();
    expect(await isDoubted()).toBe(false);
  });

  it('is doubted of lossy files where a tested ffmpeg takes over from an older one', async () => {
    const now = { version: tones.tools.version, degraded: null };
    const lossy = (is: boolean) => database.db.query('UPDATE tracks SET lossless = $1', [!is]);
    const doubted = async (
      version: string,
      isLossy: boolean,
      tools: typeof now | { degraded: string } = now,
    ) => {
      await countedBy(version);
      await lossy(isLossy);
      return new OlderCounts(database.db, { ...now, ...tools }).doubt();
    };
    expect(await doubted('6.1.1', true)).toBe(0);
    expect(await doubted(now.version, true)).toBe(0);
    expect(await doubted('N-47683-g0e8eb07980', false)).toBe(0);
    expect(await doubted('N-47683-g0e8eb07980', true, { degraded: 'It is old.' })).toBe(0);
    expect(await isDoubted()).toBe(false);
    expect(await doubted('4.4.2', true)).toBe(1);
    expect(await doubted('N-47683-g0e8eb07980', true)).toBe(1);
    expect(await isDoubted()).toBe(true);
  });

  it('is counted anew where an encode came to another end, and what the other one made goes', async () => {
    await countedBy('4.0');
    await encode(SECOND);
    await database.db.query(`UPDATE renditions SET encoder_version = '4.0'`);
    await database.db.query('UPDATE files SET facts_version = 1');
    await encode();
    expect(await isDoubted()).toBe(true);
    expect((await encoders.sources.get(trackId)).sampleCount).toBe(SAMPLES - 1105);

    const [library] = await database.db.query<{ id: string }>('SELECT id FROM libraries');
    await new ForgottenFiles(database.db, jobs).requeue(library?.id ?? '');
    const waiting = `SELECT data->>'fileId' AS id FROM pgboss.job WHERE name = 'ingest.analyse' AND state < 'active'`;
    expect(await database.db.query(waiting)).toContainEqual({ id: fileId });
    const analyser = new Analyser(
      database.db,
      {
        versions: versionsOfTools(tones.tools),
        measure: (path) => measure(tones.tools, path),
        hashAudio: (path) => hashAudio(tones.tools, path),
      },
      new Covers(database.db, encoders.store, silentTags, { render: renderArtwork }),
      makeWriters(database.db, silentTags, { jobs, notifier }),
    );
    await analyser.analyse(fileId, going);
    expect(await isDoubted()).toBe(false);
    expect((await encoders.sources.get(trackId)).sampleCount).toBe(SAMPLES);
    const left = await encoders.renditions.findOfTracks([trackId]);
    expect(left.map(({ bitrateKbps, sampleCount }) => [bitrateKbps, sampleCount])).toEqual([
      [FIRST?.bitrateKbps, SAMPLES],
    ]);
  });
});
