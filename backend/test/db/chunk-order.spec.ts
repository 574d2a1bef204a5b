import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { findFfmpeg } from '../../src/media/find-ffmpeg.js';
import { LADDER } from '../../src/media/ladder.js';
import { SEGMENTS_A_CHUNK } from '../../src/transcode/chunks.js';
import type { TrackSource } from '../../src/transcode/source.repository.js';
import { TestEncoders } from '../support/encoders.js';
import { addPendingTrack } from '../support/measured-track.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

const RUNGS = LADDER.filter(({ codec }) => codec === 'opus');
const [RUNG = RUNGS[0]] = RUNGS;

/** Nothing is encoded here: the rows alone say what comes next. */
describe('the chunks of a long track', () => {
  let database: TestDatabase;
  let encoders: TestEncoders;
  let source: TrackSource;
  beforeAll(async () => {
    database = await testDatabase();
    encoders = new TestEncoders(database.db, await findFfmpeg());
  });
  afterAll(async () => {
    await encoders.close();
    await database.close();
  });
  beforeEach(async () => {
    await database.db.query('DELETE FROM libraries');
    const { trackId, fileId } = await addPendingTrack(database.db, '/music/ten-minutes.flac');
    await database.db.query(`UPDATE files SET state = 'ready', audio_hash = '\\x01' WHERE id = $1`, [fileId]);
    await database.db.query(
      `UPDATE tracks SET sample_rate_hz = 48000, sample_count = 48000 * 330, channels = 2, lossless = true WHERE id = $1`,
      [trackId],
    );
    source = await encoders.sources.get(trackId);
    await encoders.renditions.queue(source, RUNGS);
  });

  const claimed = async (times: number): Promise<number[]> => {
    const chunks: number[] = [];
    for (let each = 0; each < times; each++) {
      const rows = await encoders.leases.claimOfTrack(source.trackId, 'opus');
      chunks.push(...new Set(rows.map(({ chunk }) => chunk)));
    }
    return chunks;
  };

  it('are made from the first on where nobody listens', async () =>
    expect(await claimed(12)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));

  it('are made from where somebody listens on, and then the others', async () => {
    if (RUNG === undefined) throw new Error('no rung');
    await encoders.renditions.seek({ ...RUNG, trackId: source.trackId }, 4 * SEGMENTS_A_CHUNK + 3);
    expect(await claimed(3)).toEqual([4, 5, 6]);
    await encoders.renditions.want(source, RUNG, 9 * SEGMENTS_A_CHUNK);
    const [wanted] = await encoders.leases.claimWanted();
    expect(wanted?.chunk).toBe(9);
    expect(await claimed(8)).toEqual([9, 10, 0, 1, 2, 3, 7, 8]);
  });

  it('have their init part from whichever comes first', async () => {
    if (RUNG === undefined) throw new Error('no rung');
    const key = { ...RUNG, trackId: source.trackId };
    expect(await encoders.renditions.findInit(key)).toBeUndefined();
    await encoders.renditions.want(source, RUNG, 7 * SEGMENTS_A_CHUNK);
    expect((await encoders.renditions.findInit(key))?.chunk).toBe(7);
    await database.db.query(
      `UPDATE renditions SET state = 'encoding', init_bytes = 700, draft_path = '/x' WHERE bitrate_kbps = $1 AND chunk = 3`,
      [RUNG.bitrateKbps],
    );
    expect((await encoders.renditions.findInit(key))?.chunk).toBe(3);
  });
});
