import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { findFfmpeg, type FfmpegTools } from '../../src/media/find-ffmpeg.js';
import { LADDER } from '../../src/media/ladder.js';
import { peakBoundKbps } from '../../src/streaming/manifest-track.js';
import { lastSampleDuration } from '../../src/transcode/last-fragment.js';
import type { Rendition } from '../../src/transcode/rendition.js';
import { predictedTimeline } from '../../src/transcode/timeline.js';
import { TestEncoders } from '../support/encoders.js';
import { addMeasuredTrack } from '../support/measured-track.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';
import { ToneFolder, type Tone } from '../support/tones.js';

const run = promisify(execFile);
const EVERYTHING = new AbortController().signal;

/** Noise besides the tone, so that no codec has an easy time; odd lengths, so that no frame ends where the music does. */
const tone = (sampleRateHz: number, change: Partial<Tone> = {}): Tone => ({
  sampleRateHz,
  seconds: 5.4321,
  noise: 0.2,
  amplitude: 0.4,
  ...change,
});

interface Source {
  readonly name: string;
  readonly tone: Tone;
  readonly args?: readonly string[];
}

const EXTENSIONS = ['flac', 'wav', 'mp3', 'ogg', 'm4a'] as const;
const ARGS = {
  flac: [],
  wav: [],
  mp3: ['-b:a', '192k'],
  ogg: ['-c:a', 'libvorbis', '-q:a', '5'],
  m4a: ['-b:a', '192k'],
};

const SOURCES: readonly Source[] = [
  ...[44_100, 48_000].flatMap((rate) =>
    EXTENSIONS.map((extension) => ({
      name: `${rate}.${extension}`,
      tone: tone(rate),
      args: ARGS[extension],
    })),
  ),
  { name: '22050.flac', tone: tone(22_050, { seconds: 9.1 }) },
  { name: '22050.mp3', tone: tone(22_050), args: ARGS.mp3 },
  { name: 'mono.flac', tone: tone(44_100, { channels: 1 }) },
  { name: 'mono.mp3', tone: tone(48_000, { channels: 1 }), args: ARGS.mp3 },
  { name: '96000-24.flac', tone: tone(96_000, { bits: 24 }) },
  { name: '192000-24.wav', tone: tone(192_000, { bits: 24, seconds: 4.3 }) },
  { name: '8000.wav', tone: tone(8_000) },
  { name: 'one-segment.wav', tone: tone(44_100, { seconds: (44 * 4096) / 44_100 }) },
  { name: 'short-end-aac-opus.wav', tone: tone(48_000, { seconds: 8.012 }) },
  { name: 'short-end-flac.wav', tone: tone(44_100, { seconds: (2 * 44 * 4096 + 10) / 44_100 }) },
  { name: 'tenth.wav', tone: tone(48_000, { seconds: 0.1 }) },
  { name: 'one-sample.wav', tone: tone(44_100, { seconds: 1 / 44_100 }) },
];

const md5 = (bytes: Buffer): string => createHash('md5').update(bytes).digest('hex');

/** Samples as stereo, 32 bits each, whatever the file holds. */
const pcm = async (tools: FfmpegTools, path: string, channels: number): Promise<Buffer> => {
  const pan = channels === 1 ? 'pan=stereo|c0=c0|c1=c0' : 'anull';
  const args = ['-v', 'error', '-nostdin', '-i', path, '-map', '0:a:0', '-af', pan, '-f', 's32le', 'pipe:1'];
  const { stdout } = await run(tools.ffmpegPath, args, { encoding: 'buffer', maxBuffer: 1 << 28 });
  return stdout;
};

const suites: readonly (readonly [string, () => Promise<FfmpegTools>, readonly Source[]])[] = [
  ['the ffmpeg that the service would use', () => findFfmpeg(), SOURCES],
  [
    'the fallback ffmpeg of 2018',
    () => findFfmpeg({ searchPath: '/nonexistent' }),
    SOURCES.filter(({ name }) => /^44100|22050.mp3|mono.flac|96000|sample|short-end/.test(name)),
  ],
];

describe.each(suites)('the ladder by %s', (_which, find, sources) => {
  let database: TestDatabase;
  let tones: ToneFolder;
  let encoders: TestEncoders;
  let tools: FfmpegTools;

  beforeAll(async () => {
    tools = await find();
    database = await testDatabase();
    tones = await ToneFolder.create();
    encoders = new TestEncoders(database.db, tools);
  });
  afterAll(async () => {
    await encoders.close();
    await tones.remove();
    await database.close();
  });

  const make = async (source: Source): Promise<string> => {
    if (source.name.endsWith('.wav')) return tones.wav(source.name, source.tone);
    await tones.wav(`from-${source.name}.wav`, source.tone);
    return tones.convert(`from-${source.name}.wav`, source.name, source.args ?? []);
  };

  it.each(sources.map((source) => [source.name, source] as const))(
    'every rendition of %s is as long as predicted, segment by segment',
    async (_name, source) => {
      const path = await make(source);
      const { trackId } = await addMeasuredTrack(database.db, tools, path);
      const measured = await encoders.sources.get(trackId);
      await encoders.renditions.queue(measured, LADDER);
      await encoders.ladder('eager').encodeTrack(trackId, EVERYTHING);

      const renditions = await encoders.renditions.findOfTracks([trackId]);
      expect(renditions.map((each) => [each.state, each.error])).toEqual(LADDER.map(() => ['ready', null]));
      for (const rendition of renditions) {
        const predicted = predictedTimeline(rendition.codec, measured);
        expect([rendition.codec, rendition.bitrateKbps, rendition.segmentSamples]).toEqual([
          rendition.codec,
          rendition.bitrateKbps,
          predicted.mediaSamples,
        ]);
        expect(rendition.sampleCount).toBe(predicted.samples);
        expect(rendition.peakKbps).toBeLessThanOrEqual(
          peakBoundKbps(rendition.codec, rendition.bitrateKbps, measured),
        );
        await expectWholeFile(rendition);
      }
      if (measured.lossless) await expectSamePcm(renditions, path, measured.channels);
    },
  );

  const expectWholeFile = async (rendition: Rendition): Promise<void> => {
    const bytes = await readFile(encoders.store.localPath(rendition.storageKey ?? ''));
    const sizes = [rendition.initBytes ?? 0, ...rendition.segmentBytes];
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(bytes.length);
    const row = await database.db.first<{ sha256: Buffer }>('SELECT sha256 FROM renditions WHERE id = $1', [
      rendition.id,
    ]);
    expect(createHash('sha256').update(bytes).digest()).toEqual(row?.sha256);
    const lastBytes = sizes.at(-1) ?? 0;
    const lastDuration = lastSampleDuration(bytes.subarray(bytes.length - lastBytes));
    expect(lastDuration).toBeGreaterThan(0);
    expect(lastDuration).toBeLessThanOrEqual(4096);
  };

  const expectSamePcm = async (
    renditions: readonly Rendition[],
    path: string,
    channels: number,
  ): Promise<void> => {
    const flac = renditions.find((each) => each.codec === 'flac');
    const decoded = await pcm(tools, encoders.store.localPath(flac?.storageKey ?? ''), 2);
    const original = await pcm(tools, path, channels);
    expect([decoded.length, md5(decoded)]).toEqual([original.length, md5(original)]);
  };
});
