import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ToneFolder } from '../../test/support/tones.js';
import { encodeRungs } from '../media/encode.js';
import { measure } from '../media/facts.js';
import { findFfmpeg, type FfmpegTools } from '../media/find-ffmpeg.js';
import { leadFragments } from '../media/frame-run.js';
import { LADDER, type Rung } from '../media/ladder.js';
import type { ObjectDraft } from '../storage/object-store.js';
import type { Chunk } from './chunks.js';
import { RenditionFile } from './rendition-file.js';
import { predictedTimeline, totalSamples, type Timeline } from './timeline.js';

/** Three segments, each taken for a chunk: what an encoder hears before and behind it does not depend on its length. */
const SECONDS = 11.3;
const RUNGS = LADDER.filter(({ name }) => ['aac-96', 'aac-320', 'opus-96'].includes(name));
const [, , , , , , FLAC] = LADDER;
const SOURCES = [
  ['flac', []],
  ['mp3', ['-b:a', '192k']],
  ['opus', ['-c:a', 'libopus', '-b:a', '160k']],
] as const;

let tones: ToneFolder;
/** That of the npm package, eight years old: what encodes where nobody installed one. */
let fallback: FfmpegTools;
beforeAll(async () => {
  tones = await ToneFolder.create();
  fallback = await findFfmpeg({ searchPath: '' });
  await tones.run([
    ...['-f', 'lavfi', '-i', `aevalsrc=0.3*sin(2*PI*(220+9*t)*t)|0.2*sin(2*PI*331*t):s=44100:d=${SECONDS}`],
    ...['-f', 'lavfi', '-i', `anoisesrc=color=pink:amplitude=0.3:seed=7:r=44100:d=${SECONDS}`],
    ...['-filter_complex', '[1]aformat=channel_layouts=stereo[n];[0][n]amix=inputs=2:normalize=0'],
    tones.path('music.wav'),
  ]);
  for (const [type, args] of SOURCES) await tones.convert('music.wav', `music.${type}`, args);
});
afterAll(() => tones.remove());

const inMemory = (pieces: Buffer[]): ObjectDraft => ({
  path: '',
  append: (bytes) => Promise.resolve(void pieces.push(Buffer.from(bytes))),
  commit: () => Promise.resolve(),
  discard: () => Promise.resolve(),
});

const encode = async (
  tools: FfmpegTools,
  source: Awaited<ReturnType<typeof sourceOf>>,
  rung: Rung,
  chunk: Chunk,
) => {
  const pieces: Buffer[] = [];
  const file = new RenditionFile(inMemory(pieces), chunk, () => undefined);
  await encodeRungs(tools, source, [rung], {
    frames: chunk.frames,
    onChunk: (_, bytes) => file.take(bytes),
  });
  expect(file.finish().segmentSamples).toEqual(chunk.mediaSamples);
  return pieces;
};

const measured = async (tools: FfmpegTools, name: string) => {
  const facts = await measure(tools, tones.path(name));
  return { ...facts, bitDepth: facts.lossless ? facts.bitDepth : null, path: tones.path(name) };
};
const sources = new Map<string, ReturnType<typeof measured>>();
const sourceOf = (tools: FfmpegTools, name: string): ReturnType<typeof measured> => {
  const key = `${tools.version}/${name}`;
  const source = sources.get(key) ?? measured(tools, name);
  sources.set(key, source);
  return source;
};

const segmentAsChunk = (rung: Rung, timeline: Timeline, number: number): Chunk => {
  const { mediaSamples, frameSamples, sampleRateHz } = timeline;
  const isLast = number === mediaSamples.length - 1;
  const samplesBefore = totalSamples(mediaSamples.slice(0, number));
  const own = mediaSamples.slice(number, number + 1);
  const frames = {
    firstFrame: samplesBefore / frameSamples,
    frameCount: isLast ? null : totalSamples(own) / frameSamples,
  };
  const lead = leadFragments(rung.codec, frames);
  return { number, isLast, samplesBefore, frames, mediaSamples: own, sampleRateHz, leadFragments: lead };
};

/** The sound of one run, and of one run a segment put together. */
const bothWays = async (tools: FfmpegTools, name: string, rung: Rung) => {
  const source = await sourceOf(tools, name);
  const timeline = predictedTimeline(rung.codec, source);
  const whole = {
    ...segmentAsChunk(rung, timeline, 0),
    isLast: true,
    frames: { firstFrame: 0, frameCount: null },
    mediaSamples: timeline.mediaSamples,
  };
  const parts: Buffer[][] = [];
  for (let number = timeline.mediaSamples.length - 1; number >= 0; number--)
    parts.unshift(await encode(tools, source, rung, segmentAsChunk(rung, timeline, number)));
  const joined = parts.flatMap((pieces, number) => (number === 0 ? pieces : pieces.slice(1)));
  const decoded = async (pieces: readonly Buffer[]): Promise<Int16Array> => {
    await tones.write('decoded.mp4', Buffer.concat(pieces));
    return new Int16Array(new Uint8Array(await tones.pcm('decoded.mp4')).buffer);
  };
  return {
    timeline,
    joined: await decoded(joined),
    single: await decoded(await encode(tools, source, rung, whole)),
  };
};

/** Energy of the error over three frames around each seam. */
const seamError = (heard: Int16Array, original: Int16Array, timeline: Timeline): number => {
  const { mediaSamples, frameSamples, primingSamples } = timeline;
  let error = 0;
  for (let number = 1; number < mediaSamples.length; number++) {
    const seam = totalSamples(mediaSamples.slice(0, number)) - primingSamples;
    const begin = 2 * (seam - 1.5 * frameSamples);
    for (let at = begin; at < begin + 6 * frameSamples; at++)
      error += ((heard[at] ?? 0) - (original[at] ?? 0)) ** 2;
  }
  return error;
};

const KINDS = [
  ...SOURCES.map(([type]) => [type, 'the ffmpeg of this machine'] as const),
  ['mp3', 'the fallback'] as const,
];

describe.each(KINDS)('seams of what is made in parts from a file of type %s by %s', (type, program) => {
  const tools = (): FfmpegTools => (program === 'the fallback' ? fallback : tones.tools);

  it.each(RUNGS.map((rung) => [rung.name, rung] as const))(
    'are heard in %s no more than in one run',
    async (_, rung) => {
      const { timeline, joined, single } = await bothWays(tools(), `music.${type}`, rung);
      const rate = timeline.sampleRateHz;
      await tones.convert(`music.${type}`, 'original.wav', [
        ...['-af', `aformat=sample_fmts=fltp,aresample=${rate}:resampler=soxr:precision=20`],
        ...['-c:a', 'pcm_s16le'],
      ]);
      const original = new Int16Array(new Uint8Array(await tones.pcm('original.wav')).buffer);
      expect(joined.length).toBe(single.length);
      const [ours, theirs] = [joined, single].map((heard) => seamError(heard, original, timeline));
      expect(10 * Math.log10((ours ?? 0) / (theirs ?? 1))).toBeLessThan(0.5);
    },
  );

  it('are nothing in FLAC', async () => {
    const { joined, single } = await bothWays(tools(), `music.${type}`, FLAC);
    expect(Buffer.compare(Buffer.from(joined.buffer), Buffer.from(single.buffer))).toBe(0);
  });
});
