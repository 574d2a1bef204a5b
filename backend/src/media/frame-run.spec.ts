import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ToneFolder } from '../../test/support/tones.js';
import { runFfmpeg } from './ffmpeg.js';
import { cutOf } from './frame-run.js';
import { type Codec, filterChain, FRAMING, renditionRate } from './ladder.js';
import { probe } from './probe.js';
import { isOneStream, seeksExactly } from './seek-exactness.js';
import { countedTrim, NO_CUT, rangeAccess, rangeWithin, WHOLE_FILE } from './source-range.js';

const SECONDS = 16;
let tones: ToneFolder;
beforeAll(async () => {
  tones = await ToneFolder.create();
  await tones.wav('tone.wav', { seconds: SECONDS, noise: 0.2 });
  await tones.wav('deep.wav', { seconds: SECONDS, noise: 0.2, sampleRateHz: 96_000, bits: 24 });
});
afterAll(() => tones.remove());

/** The samples that an encoder is given, for some frames or for all. */
const samplesFor = async (codec: Codec, name: string, firstFrame = 0, frameCount: number | null = null) => {
  const input = tones.path(name);
  const { sampleRateHz, channels, container, bitDepth } = await probe(tones.tools, input);
  const source = { sampleRateHz, channels, bitDepth, channelLayout: null };
  const cut = cutOf(codec, sampleRateHz, { firstFrame, frameCount });
  const exact = await seeksExactly(container, input);
  const { inputArgs, filters } = rangeAccess(cut.range, sampleRateHz, exact);
  const chain = filterChain(codec, source, { access: filters, cut });
  const bytes: Buffer[] = [];
  await runFfmpeg(tones.tools, {
    input,
    inputArgs,
    outputs: [
      {
        args: ['-map', '0:a:0', '-af', chain, '-f', 'f32le'],
        sink: (chunk) => void bytes.push(chunk),
      },
    ],
    verbosity: 'error',
    timeoutMs: 60_000,
  });
  return {
    samples: new Float32Array(new Uint8Array(Buffer.concat(bytes)).buffer),
    cut,
    sampleRateHz,
    inputArgs,
  };
};

/** The largest difference from what the encoder of the whole is given at that place. */
const largestError = async (codec: Codec, name: string, firstFrame: number, frameCount: number | null) => {
  const whole = await samplesFor(codec, name);
  const part = await samplesFor(codec, name, firstFrame, frameCount);
  const begin = 2 * (firstFrame - part.cut.leadFrames) * FRAMING[codec].frameSamples;
  const same = whole.samples.subarray(begin, frameCount === null ? undefined : begin + part.samples.length);
  expect(part.samples.length).toBe(same.length);
  expect(part.samples.length).toBeGreaterThan(100_000);
  const error = part.samples.reduce((most, each, at) => Math.max(most, Math.abs(each - (same[at] ?? 9))), 0);
  return { error, inputArgs: part.inputArgs };
};

/** Frames in the middle, well behind what a seek needs. */
const framesAt = (codec: Codec, rateHz: number, seconds: number): number =>
  Math.floor((seconds * rateHz) / FRAMING[codec].frameSamples);

const FORMATS = [
  ['wav', []],
  ['flac', ['-c:a', 'flac']],
  ['ogg', ['-c:a', 'flac']],
  ['ogg', ['-c:a', 'libvorbis']],
  ['opus', ['-c:a', 'libopus']],
  ['mp3', ['-b:a', '128k']],
  ['mp3', ['-b:a', '320k', '-write_xing', '0']],
  ['mp3', ['-q:a', '3']],
  ['mp3', ['-q:a', '3', '-write_xing', '0']],
  ['mp3', ['-ar', '22050', '-ac', '1', '-b:a', '56k']],
  ['m4a', ['-c:a', 'alac']],
  ['m4a', ['-c:a', 'aac', '-aac_pns', '0']],
  ['wv', []],
  ['tta', []],
  ['aiff', []],
  ['caf', []],
  ['w64', []],
] as const;

describe('frames that are encoded by themselves', () => {
  it.each(FORMATS)('of %s %j get the samples that they get in one run, after a seek', async (type, args) => {
    const name = `${args.join('').replaceAll(/\W/g, '')}.${type}`;
    await tones.convert('tone.wav', name, args);
    const { error, inputArgs } = await largestError('flac', name, framesAt('flac', 44_100, 6.3), 90);
    expect(inputArgs[0]).toBe('-ss');
    expect(error).toBe(0);
  });

  it.each(['webm', 'wma'])('of %s, which has no exact times, are found from the beginning', async (type) => {
    await tones.convert('tone.wav', `slow.${type}`, type === 'webm' ? ['-c:a', 'libopus'] : []);
    const { error, inputArgs } = await largestError(
      'flac',
      `slow.${type}`,
      framesAt('flac', 44_100, 6.3),
      60,
    );
    expect(inputArgs).toEqual([]);
    expect(error).toBe(0);
  });

  it.each([
    ['opus', 'tone.wav'],
    ['aac', 'deep.wav'],
    ['opus', 'deep.wav'],
    ['aac', 'tone.wav'],
  ] as const)('of %s from %s are resampled in the phase of one run', async (codec, name) => {
    const { sampleRateHz } = await probe(tones.tools, tones.path(name));
    const first = framesAt(codec, renditionRate(codec, sampleRateHz), 8.1);
    for (const count of [300, null])
      expect((await largestError(codec, name, first, count)).error).toBeLessThan(1e-5);
  });

  it('of the end get as many samples as there are', async () => {
    expect((await largestError('flac', 'tone.wav', framesAt('flac', 44_100, 12.2), null)).error).toBe(0);
  });

  it('hear some frames before them, and reach into the one behind', () => {
    const cut = cutOf('aac', 44_100, { firstFrame: 1384, frameCount: 1384 });
    expect(cut).toEqual({
      range: { fromSample: (1384 - 16) * 1024, toSample: (2 * 1384 + 1) * 1024 },
      skippedSamples: 0,
      keptSamples: null,
      leadFrames: 16,
    });
    expect(cutOf('opus', 44_100, { firstFrame: 0, frameCount: 1600 })).toMatchObject({
      range: { fromSample: 0 },
      skippedSamples: 0,
      leadFrames: 0,
    });
    expect(cutOf('opus', 44_100, { firstFrame: 1600, frameCount: 1600 }).range.fromSample % 147).toBe(0);
    expect(cutOf('opus', 48_000, { firstFrame: 0, frameCount: null })).toBe(NO_CUT);
  });
});

describe('a range of a file', () => {
  it('is counted from the beginning of the range that it is part of, and ends with it', () => {
    const track = { fromSample: 1000, toSample: 5000 };
    expect(rangeWithin(track, WHOLE_FILE)).toEqual(track);
    expect(rangeWithin(track, { fromSample: 100, toSample: 200 })).toEqual({
      fromSample: 1100,
      toSample: 1200,
    });
    expect(rangeWithin(track, { fromSample: 100, toSample: 9000 })).toEqual({
      fromSample: 1100,
      toSample: 5000,
    });
    expect(rangeWithin(WHOLE_FILE, { fromSample: 7, toSample: null })).toEqual({
      fromSample: 7,
      toSample: null,
    });
  });

  it('needs no filter where nothing is cut, and no seek near the beginning', () => {
    expect(rangeAccess(WHOLE_FILE, 44_100, true)).toEqual({ inputArgs: [], filters: [] });
    expect(rangeAccess({ fromSample: 40_000, toSample: null }, 44_100, true).inputArgs).toEqual([]);
    expect(countedTrim(5, 9)).toEqual(['atrim=start_sample=5:end_sample=9']);
  });

  it('of chained Ogg streams is not sought', () => {
    const page = (serial: number) => Buffer.from(`OggS${'\0'.repeat(10)}${String(serial).repeat(4)}rest`);
    expect(isOneStream({ head: page(1), tail: Buffer.concat([page(1), page(1)]) })).toBe(true);
    expect(isOneStream({ head: page(1), tail: Buffer.concat([page(1), page(2)]) })).toBe(false);
  });
});
