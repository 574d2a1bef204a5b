import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ShortEnds1780000000005 } from '../../../migrations/src/0005-short-ends.js';
import { findFfmpeg, type FfmpegTools } from '../../src/media/find-ffmpeg.js';
import { LADDER } from '../../src/media/ladder.js';
import { bytesProblem, tableProblem, type ReadyRendition } from '../../src/integrity/rendition-bytes.js';
import { FragmentIndexer } from '../../src/transcode/fragment-indexer.js';
import type { Rendition } from '../../src/transcode/rendition.js';
import { TestEncoders } from '../support/encoders.js';
import { addMeasuredTrack } from '../support/measured-track.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';
import { ToneFolder } from '../support/tones.js';

/** Leaves less than a frame of AAC and of Opus for a third segment. */
const SECONDS = 8.012;

describe('a last segment of less than half a second', () => {
  let database: TestDatabase;
  let tools: FfmpegTools;
  let tones: ToneFolder;
  let encoders: TestEncoders;
  let trackId: string;

  beforeAll(async () => {
    tools = await findFfmpeg();
    database = await testDatabase();
    tones = await ToneFolder.create();
    encoders = new TestEncoders(database.db, tools);
    const path = await tones.wav('short.wav', { seconds: SECONDS, sampleRateHz: 48_000, noise: 0.1 });
    ({ trackId } = await addMeasuredTrack(database.db, tools, path));
    await encoders.renditions.queue(await encoders.sources.get(trackId), LADDER);
    await encoders.ladder('eager').encodeTrack(trackId, new AbortController().signal);
  });
  afterAll(async () => {
    await encoders.close();
    await tones.remove();
    await database.close();
  });

  const renditions = (): Promise<Rendition[]> => encoders.renditions.findOfTracks([trackId]);
  const tables = async () =>
    (await renditions()).map(({ codec, bitrateKbps, segmentBytes, segmentSamples }) => ({
      rung: `${codec}-${bitrateKbps}`,
      segmentBytes,
      segmentSamples,
    }));

  it('joins the one before it, in the table and in what fsck makes of the file', async () => {
    for (const rendition of await renditions()) expect(rendition.segmentSamples).toHaveLength(2);
    for (const row of await database.db.query<ReadyRendition>(
      `SELECT *, init_bytes AS "initBytes", segment_bytes AS "segmentBytes", segment_samples AS "segmentSamples",
              storage_key AS "storageKey", size_bytes::float8 AS "sizeBytes",
              sample_rate_hz AS "sampleRateHz", sample_count::float8 AS "sampleCount" FROM renditions`,
    )) {
      expect(tableProblem(row)).toBeNull();
      expect(await bytesProblem(encoders.store, row)).toBeNull();
      const [first = 0, second = 0] = row.segmentBytes;
      const elsewhere = { ...row, segmentBytes: [first + 1, second - 1] };
      expect(await bytesProblem(encoders.store, elsewhere)).toContain('cut elsewhere');
    }
  });

  it('does so in the tables of renditions that were cut by the old rule, once', async () => {
    const asCutNow = await tables();
    for (const { id, storageKey, sizeBytes } of await renditions()) {
      const file = await encoders.store.read(storageKey ?? '', { offset: 0, length: sizeBytes ?? 0 });
      const pieces = new FragmentIndexer().push(file).flatMap((part) => (part.kind === 'init' ? [] : [part]));
      await database.db.query(
        'UPDATE renditions SET segment_bytes = $2, segment_samples = $3 WHERE id = $1',
        [id, pieces.map(({ bytes }) => bytes.length), pieces.map(({ samples }) => samples)],
      );
    }
    const lengths = new Map((await tables()).map((each) => [each.rung, each.segmentSamples.length]));
    expect([lengths.get('aac-96'), lengths.get('opus-320'), lengths.get('flac-0')]).toEqual([3, 3, 2]);
    for (let times = 0; times < 2; times++) {
      await database.db.transaction(async (tx) => {
        if (tx.queryRunner === undefined) throw new Error('a transaction has a connection');
        await new ShortEnds1780000000005().up(tx.queryRunner);
      });
      expect(await tables()).toEqual(asCutNow);
    }
  });
});
