import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { measure } from '../../src/media/facts.js';
import { LADDER } from '../../src/media/ladder.js';
import { expectedTimeline } from '../../src/transcode/expected-timeline.js';
import { totalSamples } from '../../src/transcode/timeline.js';
import { TestEncoders } from '../support/encoders.js';
import { addMeasuredTrack } from '../support/measured-track.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';
import { randomFrom, ToneFolder } from '../support/tones.js';

/** Only there so that a broken encoder fails the tests: a busy machine takes its time. */
jest.setTimeout(120_000);

const RUNGS = LADDER.filter(({ name }) => name === 'opus-96');
const NO_LENGTH = ['-c:a', 'libmp3lame', '-b:a', '32k', '-write_xing', '0'];

const withHole = (bytes: Buffer): Buffer => {
  const middle = Math.floor(bytes.length / 2);
  return Buffer.concat([bytes.subarray(0, middle), bytes.subarray(middle + 5000)]);
};
const withFlips = (bytes: Buffer): Buffer => {
  const copy = Buffer.from(bytes);
  const random = randomFrom(5);
  for (let flip = 0; flip < 20; flip++) {
    const at = Math.floor(random() * copy.length);
    copy[at] = (copy[at] ?? 0) ^ 8;
  }
  return copy;
};
const cut = (bytes: Buffer): Buffer => bytes.subarray(0, Math.floor(bytes.length * 0.96));

describe('a long file that is damaged', () => {
  let database: TestDatabase;
  let tones: ToneFolder;
  let encoders: TestEncoders;
  beforeAll(async () => {
    database = await testDatabase();
    tones = await ToneFolder.create();
    encoders = new TestEncoders(database.db, tones.tools);
    const noise = 'anoisesrc=color=pink:amplitude=0.3:seed=7:r=16000:d=320';
    await tones.run(['-f', 'lavfi', '-i', noise, tones.path('long.wav')]);
  });
  afterAll(async () => {
    await encoders.close();
    await tones.remove();
    await database.close();
  });

  it.each([
    ['cut', 'mp3', NO_LENGTH, cut],
    ['with a hole', 'mp3', NO_LENGTH, withHole],
    ['with bits turned over', 'ogg', ['-c:a', 'libvorbis', '-q:a', '0'], withFlips],
  ] as const)('%s, of type %s, is made once, chunk by chunk, and tells its real length', async (...kind) => {
    const [, type, args, damage] = kind;
    await tones.convert('long.wav', `good.${type}`, args);
    const path = await tones.write(`bad.${type}`, damage(await readFile(tones.path(`good.${type}`))));
    const { trackId } = await addMeasuredTrack(database.db, tones.tools, path);
    const source = await encoders.sources.get(trackId);
    await encoders.renditions.queue(source, RUNGS);
    await encoders.ladder('lazy').encodeTrack(trackId, new AbortController().signal);
    const rows = (await encoders.renditions.findOfTracks([trackId])).sort((a, b) => a.chunk - b.chunk);
    expect(rows.length).toBeGreaterThan(5);
    expect(rows.filter(({ state }) => state !== 'ready')).toEqual([]);
    const tries = 'SELECT attempts, fence::int AS fence FROM renditions WHERE track_id = $1';
    for (const row of await database.db.query(tries, [trackId]))
      expect(row).toEqual({ attempts: 0, fence: 1 });
    const told = expectedTimeline('opus', source, await encoders.renditions.findEnds(trackId, 'opus'));
    expect(totalSamples(told.mediaSamples)).toBe(totalSamples(rows.flatMap((row) => row.segmentSamples)));
    await database.db.query('DELETE FROM libraries');
  });

  it('and promised more than it holds, is refused with a reason', async () => {
    await tones.convert('long.wav', 'good.flac');
    for (const damage of [cut, withHole]) {
      const path = await tones.write('bad.flac', damage(await readFile(tones.path('good.flac'))));
      await expect(measure(tones.tools, path)).rejects.toMatchObject({ code: 'TRUNCATED' });
    }
  });
});
