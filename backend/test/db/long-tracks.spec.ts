import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findFfmpeg, type FfmpegTools } from '../../src/media/find-ffmpeg.js';
import { LADDER, type Rung } from '../../src/media/ladder.js';
import { signingKey } from '../../src/streaming/signing.js';
import { SEGMENTS_A_CHUNK } from '../../src/transcode/chunks.js';
import { fieldAt, findBox } from '../../src/transcode/mp4-boxes.js';
import type { Rendition } from '../../src/transcode/rendition.js';
import type { TrackSource } from '../../src/transcode/source.repository.js';
import { predictedTimeline } from '../../src/transcode/timeline.js';
import { TestEncoders } from '../support/encoders.js';
import { addMeasuredTrack } from '../support/measured-track.js';
import { TestMediaServer } from '../support/media-server.js';
import { decodeToEnd } from '../support/media-bytes.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';
import { ToneFolder } from '../support/tones.js';
import { untrueRenditions } from '../support/untrue-renditions.js';

/** Ten chunks, the last of them shorter. */
const SECONDS = 307.3;
const no = (name: string): never => {
  throw new Error(`no ${name}`);
};
const RUNGS = LADDER.filter(({ name }) => ['aac-96', 'opus-96', 'flac-0'].includes(name));

describe('a track of more than five minutes', () => {
  let database: TestDatabase;
  let tools: FfmpegTools;
  let tones: ToneFolder;
  let encoders: TestEncoders;
  let source: TrackSource;

  beforeAll(async () => {
    tools = await findFfmpeg();
    database = await testDatabase();
    tones = await ToneFolder.create();
    encoders = new TestEncoders(database.db, tools);
    const path = tones.path('long.flac');
    await tones.run([
      ...['-f', 'lavfi', '-i', `aevalsrc=0.3*sin(2*PI*(220+t)*t)|0.2*sin(2*PI*331*t):s=44100:d=${SECONDS}`],
      ...['-f', 'lavfi', '-i', `anoisesrc=color=pink:amplitude=0.3:seed=7:r=44100:d=${SECONDS}`],
      ...['-filter_complex', '[1]aformat=channel_layouts=stereo[n];[0][n]amix=inputs=2:normalize=0'],
      ...['-sample_fmt', 's16', path],
    ]);
    const { trackId } = await addMeasuredTrack(database.db, tools, path);
    source = await encoders.sources.get(trackId);
    await encoders.renditions.queue(source, RUNGS);
    const encoding = encoders.ladder('lazy').encodeTrack(trackId, new AbortController().signal);
    await watchWork(encoding);
  }, 300_000);
  afterAll(async () => {
    await encoders.close();
    await tones.remove();
    await database.close();
  });

  /** The chunks that were seen at work at one time. */
  const atWork: number[][] = [];
  const watchWork = async (encoding: Promise<void>): Promise<void> => {
    let isOver = false;
    const end = encoding.finally(() => (isOver = true));
    while (!isOver) {
      const rows = await encoders.renditions.findOfTracks([source.trackId]);
      const chunks = rows.flatMap(({ state, chunk }) => (state === 'encoding' ? [chunk] : []));
      atWork.push([...new Set(chunks)].sort((a, b) => a - b));
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await end;
  };

  const chunksOf = async (rung: Rung): Promise<Rendition[]> =>
    (await encoders.renditions.findOfTracks([source.trackId]))
      .filter(({ codec, bitrateKbps }) => codec === rung.codec && bitrateKbps === rung.bitrateKbps)
      .sort((a, b) => a.chunk - b.chunk);
  const fileOf = ({ storageKey, sizeBytes }: Rendition): Promise<Buffer> =>
    encoders.store.read(storageKey ?? '', { offset: 0, length: sizeBytes ?? 0 });

  /** What a player has in the end: the first init part, and all segments. */
  const assembled = async (rung: Rung): Promise<Buffer> => {
    const rows = await chunksOf(rung);
    const files = await Promise.all(rows.map(fileOf));
    return Buffer.concat(
      files.map((file, at) => (at === 0 ? file : file.subarray(rows[at]?.initBytes ?? 0))),
    );
  };
  const hashes = async (rung: Rung): Promise<string[]> =>
    (await Promise.all((await chunksOf(rung)).map(fileOf))).map((file) =>
      createHash('sha256').update(file).digest('hex'),
    );

  it('is made in chunks of eight segments, which together are what was predicted', async () => {
    for (const rung of RUNGS) {
      const timeline = predictedTimeline(rung.codec, source);
      const rows = await chunksOf(rung);
      expect(rows.map(({ chunk, chunks, state }) => [chunk, chunks, state])).toEqual(
        Array.from({ length: 10 }, (_, chunk) => [chunk, 10, 'ready']),
      );
      expect(rows.flatMap(({ segmentSamples }) => segmentSamples)).toEqual(timeline.mediaSamples);
      expect(rows.map(({ segmentSamples }) => segmentSamples.length)).toEqual([
        ...Array.from({ length: 9 }, () => SEGMENTS_A_CHUNK),
        timeline.mediaSamples.length - 9 * SEGMENTS_A_CHUNK,
      ]);
    }
  });

  it('tells each fragment its number and its time in the whole', async () => {
    for (const rung of RUNGS) {
      const file = await assembled(rung);
      const { mediaSamples } = predictedTimeline(rung.codec, source);
      let time = 0;
      let number = 0;
      for (let at = 0; at < file.length; at += file.readUInt32BE(at)) {
        if (file.toString('latin1', at + 4, at + 8) !== 'moof') continue;
        const moof = file.subarray(at, at + file.readUInt32BE(at));
        const [mfhd, tfdt] = ['moof/mfhd', 'moof/traf/tfdt'].map((path) => findBox(moof, path));
        if (mfhd === undefined || tfdt === undefined) throw new Error('a fragment without its place');
        expect(fieldAt(moof, mfhd, 4)).toBe(number + 1);
        expect(Number(moof.readBigUInt64BE(tfdt.contentStart + 4))).toBe(time);
        time += mediaSamples[number] ?? 0;
        number++;
      }
      expect(number).toBe(mediaSamples.length);
    }
  });

  it('keeps every core busy, with the chunks in their order', () => {
    expect(atWork.some((chunks) => chunks.length === encoders.slots.cores)).toBe(true);
    // One that is slow may outlast several others, so it is their beginnings that stand in order.
    const inOrderOfBeginning = [...new Set(atWork.flat())];
    expect(inOrderOfBeginning.length).toBeGreaterThan(5);
    expect(inOrderOfBeginning).toEqual([...inOrderOfBeginning].sort((a, b) => a - b));
  });

  it('is whole to fsck', async () => {
    expect(await untrueRenditions(database, tools, encoders.store)).toEqual([]);
    const change = (by: number): Promise<unknown> =>
      database.db.query(
        `UPDATE renditions SET segment_samples[1] = segment_samples[1] + $1 WHERE chunk = 5 AND codec = 'aac'`,
        [by],
      );
    await change(-1);
    expect(await untrueRenditions(database, tools, encoders.store)).toEqual([
      expect.stringContaining('its segments hold'),
    ]);
    await change(1);
  });

  it('is in FLAC what the file is', async () => {
    const [, , flac] = RUNGS;
    const path = await tones.write('joined.mp4', await assembled(flac ?? no('FLAC')));
    const [ours, original] = await Promise.all([decodeToEnd(tools, path), tones.pcm('long.flac')]);
    expect(ours.equals(original)).toBe(true);
  });

  it('is made for a listener where he listens, and the rest of it when he goes on', async () => {
    const media = await TestMediaServer.start(database, encoders, signingKey(Buffer.alloc(32, 1)));
    await encoders.wanted.start();
    const { dash } = await media.grants.track(source.trackId, 'a-listener', null);
    const base = `${await encoders.segmentsOf(source.trackId)}opus-320`;
    const get = (name: string): Promise<Response> =>
      media.get(`${base}/${name}${dash.slice(dash.indexOf('?'))}`);
    const opus320 = LADDER[5];
    const last = predictedTimeline('opus', source).mediaSamples.length - 1;
    const bytesOf = async (name: string): Promise<Buffer> =>
      Buffer.from(await (await get(name)).arrayBuffer());

    const heard = await Promise.all([bytesOf('init.mp4'), bytesOf(`${last}.m4s`)]);
    const chunks = await chunksOf(opus320);
    // The last request said that the track is really played: all of it waits its turn.
    expect(chunks.filter(({ state }) => state !== 'queued').map(({ chunk }) => chunk)).toEqual([9]);
    // All have the same init part, so nobody has to make the first chunk for it.
    const files = await Promise.all((await chunksOf(RUNGS[1] ?? no('Opus'))).map(fileOf));
    const inits = (await chunksOf(RUNGS[1] ?? no('Opus'))).map(({ initBytes }, at) =>
      files[at]?.subarray(0, initBytes ?? 0),
    );
    for (const init of inits) expect(init?.equals(inits[0] ?? Buffer.alloc(0))).toBe(true);
    expect((await get(`${last + 1}.m4s`)).status).toBe(404);
    expect((await get(`${last + 8}.m4s`)).status).toBe(404);
    while ((await chunksOf(opus320))[9]?.state !== 'ready') await new Promise((r) => setTimeout(r, 20));
    const again = [await bytesOf('init.mp4'), await bytesOf(`${last}.m4s`)];
    expect(again.map((bytes, at) => bytes.equals(heard[at] ?? Buffer.alloc(0)))).toEqual([true, true]);
    const file = await fileOf((await chunksOf(opus320)).at(-1) ?? no('opus-320'));
    expect(file.subarray(-(heard[1]?.length ?? 0)).equals(heard[1] ?? file)).toBe(true);
    expect((await chunksOf(opus320)).map(({ chunks: count }) => count)).toEqual(Array(10).fill(10));
    await encoders.wanted.stop();
    await media.close();
  });

  it('has the same bytes whatever chunk is made first, and by whom', async () => {
    const made = new Map(
      await Promise.all(RUNGS.map(async (rung) => [rung.name, await hashes(rung)] as const)),
    );
    await database.db.query('DELETE FROM renditions');
    await encoders.wanted.start();
    for (const rung of RUNGS)
      for (const chunk of [9, 4, 0]) {
        await encoders.renditions.want(source, rung, chunk * SEGMENTS_A_CHUNK + 2);
        const isReady = async (): Promise<boolean> =>
          (await encoders.renditions.find({ ...rung, trackId: source.trackId }, chunk * SEGMENTS_A_CHUNK))
            ?.state === 'ready';
        while (!(await isReady())) await new Promise((resolve) => setTimeout(resolve, 20));
      }
    await encoders.wanted.stop();
    for (const rung of RUNGS)
      expect(await hashes(rung)).toEqual([0, 4, 9].map((chunk) => made.get(rung.name)?.[chunk]));
  });

  it('has chunks that can be decoded by themselves, as long as they should be', async () => {
    await database.db.query(`DELETE FROM renditions WHERE chunk = 0 OR codec = 'flac'`);
    expect(await chunksOf(RUNGS[0] ?? no('rung'))).toHaveLength(2);
    expect(await untrueRenditions(database, tools, encoders.store, true)).toEqual([]);
  });

  it('has a chunk made again that the quota took, where somebody listens: the same bytes', async () => {
    const opus = RUNGS.find(({ codec }) => codec === 'opus') ?? no('Opus');
    const states = async () => (await chunksOf(opus)).map(({ chunk, state }) => [chunk, state]);
    const media = await TestMediaServer.start(database, encoders, signingKey(Buffer.alloc(32, 1)));
    const { dash } = await media.grants.track(source.trackId, 'a-listener', null);
    const name = `opus-96/${4 * SEGMENTS_A_CHUNK + 1}.m4s`;
    const url = `${await encoders.segmentsOf(source.trackId)}${name}${dash.slice(dash.indexOf('?'))}`;
    const before = await media.bytes(url);
    await database.db.query(
      `UPDATE renditions SET ready_at = now() - interval '1 hour',
         last_served_at = CASE WHEN codec = 'opus' AND chunk = 4 THEN NULL ELSE now() END WHERE state = 'ready'`,
    );
    expect(await encoders.quota(1).enforce(new AbortController().signal)).toBe(1);
    expect((await states()).filter(([, state]) => state !== 'queued')).toEqual([
      [4, 'evicted'],
      [9, 'ready'],
    ]);
    await encoders.wanted.start();
    expect((await media.bytes(url)).equals(before)).toBe(true);
    await encoders.wanted.stop();
    await media.close();
  }, 60_000);
});
