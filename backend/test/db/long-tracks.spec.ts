import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tableProblem, bytesProblem, type ReadyRendition } from '../../src/integrity/rendition-bytes.js';
import { encodeRungs } from '../../src/media/encode.js';
import { findFfmpeg, type FfmpegTools } from '../../src/media/find-ffmpeg.js';
import { LADDER, type Rung } from '../../src/media/ladder.js';
import { signingKey } from '../../src/streaming/signing.js';
import { SEGMENTS_A_CHUNK } from '../../src/transcode/chunks.js';
import { fieldAt, findBox } from '../../src/transcode/mp4-boxes.js';
import type { Rendition } from '../../src/transcode/rendition.js';
import type { TrackSource } from '../../src/transcode/source.repository.js';
import { predictedTimeline, type Timeline } from '../../src/transcode/timeline.js';
import { TestEncoders } from '../support/encoders.js';
import { addMeasuredTrack } from '../support/measured-track.js';
import { TestMediaServer } from '../support/media-server.js';
import { decodeToEnd } from '../support/media-bytes.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';
import { ToneFolder } from '../support/tones.js';

/** Ten chunks, the last of them shorter. */
const SECONDS = 307.3;
const no = (name: string): never => {
  throw new Error(`no ${name}`);
};
const RUNGS = LADDER.filter(({ name }) => ['aac-160', 'opus-96', 'flac-0'].includes(name));

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
    await encoders.ladder('lazy').encodeTrack(trackId, new AbortController().signal);
  }, 120_000);
  afterAll(async () => {
    await encoders.close();
    await tones.remove();
    await database.close();
  });

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

  it('is whole to fsck', async () => {
    const rows = await database.db.query<ReadyRendition>(
      `SELECT *, init_bytes AS "initBytes", segment_bytes AS "segmentBytes", segment_samples AS "segmentSamples",
              storage_key AS "storageKey", size_bytes::float8 AS "sizeBytes",
              sample_rate_hz AS "sampleRateHz", sample_count::float8 AS "sampleCount" FROM renditions`,
    );
    expect(rows).toHaveLength(30);
    for (const row of rows) {
      expect(tableProblem(row)).toBeNull();
      expect(await bytesProblem(encoders.store, row)).toBeNull();
      expect(tableProblem({ ...row, segmentSamples: row.segmentSamples.map((each) => each - 1) })).toContain(
        'samples',
      );
    }
  });

  const singleRun = async (rung: Rung): Promise<string> => {
    const bytes: Buffer[] = [];
    await encodeRungs(tools, source, [rung], { onChunk: (_, chunk) => void bytes.push(chunk) });
    return tones.write(`single-${rung.name}.mp4`, Buffer.concat(bytes));
  };
  const samplesOf = async (path: string): Promise<Int16Array> =>
    new Int16Array(new Uint8Array(await decodeToEnd(tools, path)).buffer);
  /** Energy of the error over three frames around each seam. */
  const seamError = (heard: Int16Array, original: Int16Array, { frameSamples, ...of }: Timeline): number => {
    let error = 0;
    const perChunk = SEGMENTS_A_CHUNK * (of.mediaSamples[0] ?? 0);
    for (let seam = perChunk; seam < of.samples; seam += perChunk) {
      const begin = seam - of.primingSamples - 1.5 * frameSamples;
      for (let at = 2 * begin; at < 2 * (begin + 3 * frameSamples); at++)
        error += ((heard[at] ?? 0) - (original[at] ?? 0)) ** 2;
    }
    return error;
  };

  it('is in FLAC what the file is', async () => {
    const [, , flac] = RUNGS;
    const path = await tones.write('joined.mp4', await assembled(flac ?? no('FLAC')));
    const [ours, original] = await Promise.all([decodeToEnd(tools, path), tones.pcm('long.flac')]);
    expect(ours.equals(original)).toBe(true);
  });

  it.each(['aac-160', 'opus-96'])(
    'sounds in %s at its seams as it would in one run',
    async (name) => {
      const rung = RUNGS.find((each) => each.name === name);
      if (rung === undefined) throw new Error(`no ${name}`);
      const timeline = predictedTimeline(rung.codec, source);
      const rate = timeline.sampleRateHz;
      await tones.convert('long.flac', `at-${rate}.wav`, [
        '-af',
        `aformat=sample_fmts=fltp,aresample=${rate}:resampler=soxr:precision=20`,
      ]);
      const [original, single, joined] = [
        await samplesOf(tones.path(`at-${rate}.wav`)),
        await samplesOf(await singleRun(rung)),
        await samplesOf(await tones.write(`joined-${name}.mp4`, await assembled(rung))),
      ];
      expect(joined.length).toBe(single.length);
      const [ours, theirs] = [joined, single].map((heard) => seamError(heard, original, timeline));
      const decibels = 10 * Math.log10((ours ?? 0) / (theirs ?? 1));
      expect(decibels).toBeLessThan(0.5);
    },
    60_000,
  );

  it('is made for a listener where he listens, and the rest of it when he goes on', async () => {
    const media = await TestMediaServer.start(database, encoders, signingKey(Buffer.alloc(32, 1)));
    await encoders.wanted.start();
    const { dash } = await media.grants.track(source.trackId, 'a-listener');
    const base = `${await encoders.segmentsOf(source.trackId)}opus-320`;
    const get = (name: string): Promise<Response> =>
      media.get(`${base}/${name}${dash.slice(dash.indexOf('?'))}`);
    const opus320 = LADDER[5];
    const last = predictedTimeline('opus', source).mediaSamples.length - 1;
    const bytesOf = async (name: string): Promise<Buffer> =>
      Buffer.from(await (await get(name)).arrayBuffer());

    const heard = [await bytesOf('init.mp4'), await bytesOf(`${last}.m4s`)];
    const chunks = await chunksOf(opus320);
    // The last request said that the track is really played: all of it waits its turn.
    expect(chunks.filter(({ state }) => state !== 'queued').map(({ chunk }) => chunk)).toEqual([0, 9]);
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
  }, 60_000);
});
