import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { corpusFiles, hasCorpus } from '../../test/support/corpus.js';
import { dffFile, dsfFile } from '../../test/support/dsd.js';
import { ToneFolder, type Tone } from '../../test/support/tones.js';
import { encodeWhole } from '../../test/support/whole-encode.js';
import { findFfmpeg, type FfmpegTools } from '../media/find-ffmpeg.js';
import { MediaError } from '../media/media-error.js';

/** Odd lengths, so that no frame ends where the music does. */
const SECONDS = 4.1234;
/** One segment is enough of the largest. */
const secondsAt = (sampleRateHz: number): number => (sampleRateHz > 96_000 ? 1.1234 : SECONDS);

interface Source {
  readonly name: string;
  readonly tone?: Tone;
  readonly args?: readonly string[];
  /** Samples at its own rate, where nothing but them can come out. */
  readonly sampleCount?: number;
  readonly sampleRateHz: number;
  readonly channels: number;
  readonly bitDepth?: number | null;
  /** Where the FLAC rung holds every bit. */
  readonly exact?: boolean;
}

const pcm = (
  name: string,
  codec: string,
  bitDepth: number,
  sampleRateHz: number,
  channels: number,
  exact = false,
): Source => ({
  name,
  tone: { sampleRateHz, channels: Math.min(channels, 2), bits: 24 },
  args: ['-c:a', codec, ...(channels > 2 ? ['-ac', String(channels)] : [])],
  sampleCount: Math.round(secondsAt(sampleRateHz) * sampleRateHz),
  sampleRateHz,
  channels,
  bitDepth,
  exact,
});
const lossy = (name: string, args: readonly string[], sampleRateHz = 44_100, channels = 2): Source => ({
  name,
  tone: { sampleRateHz, channels: Math.min(channels, 2) },
  args: [...args, ...(channels > 2 ? ['-ac', String(channels)] : [])],
  sampleRateHz,
  channels,
  bitDepth: null,
});

const SOURCES: readonly Source[] = [
  pcm('telephone.wav', 'pcm_u8', 8, 8_000, 1),
  pcm('signed8.aiff', 'pcm_s8', 8, 11_025, 2),
  pcm('speech.wav', 'pcm_s16le', 16, 16_000, 1, true),
  pcm('cd.aiff', 'pcm_s16be', 16, 44_100, 2, true),
  pcm('studio.flac', 'flac', 24, 96_000, 2, true),
  pcm('high.wav', 'pcm_s24le', 24, 192_000, 2, true),
  pcm('highest.wav', 'pcm_s32le', 32, 384_000, 2),
  pcm('family.wav', 'pcm_s24le', 24, 352_800, 1),
  pcm('float.wav', 'pcm_f32le', 32, 48_000, 2),
  pcm('double.w64', 'pcm_f64le', 64, 44_100, 1),
  pcm('quad.wav', 'pcm_s16le', 16, 44_100, 4),
  pcm('surround.flac', 'flac', 24, 48_000, 6),
  pcm('cinema.wav', 'pcm_s24le', 24, 96_000, 8),
  pcm('apple.m4a', 'alac', 24, 44_100, 2, true),
  pcm('apple.caf', 'alac', 24, 48_000, 1, true),
  pcm('pack.wv', 'wavpack', 32, 44_100, 2),
  pcm('true.tta', 'tta', 24, 48_000, 2, true),
  lossy('xing.mp3', ['-c:a', 'libmp3lame', '-q:a', '2']),
  lossy('without-xing.mp3', ['-c:a', 'libmp3lame', '-q:a', '4', '-write_xing', '0']),
  lossy('constant.mp3', ['-c:a', 'libmp3lame', '-b:a', '64k'], 22_050, 1),
  lossy('vorbis.ogg', ['-c:a', 'libvorbis'], 48_000),
  lossy('opus.opus', ['-c:a', 'libopus'], 48_000, 1),
  lossy('aac.m4a', ['-c:a', 'aac'], 32_000),
  lossy('raw.aac', ['-c:a', 'aac'], 24_000),
  lossy('windows.wma', ['-c:a', 'wmav2']),
  lossy('film.ac3', ['-c:a', 'ac3', '-b:a', '448k'], 48_000, 6),
];

/** As FLAC's rung would hold it: 32 bits a sample, both sides alike where the source has one. */
const asStereo = (tones: ToneFolder, name: string, channels: number): Promise<Buffer> =>
  tones.pcm(name, 's32le', channels === 1 ? 'pan=stereo|c0=c0|c1=c0' : 'anull');

const suites: readonly (readonly [string, () => Promise<FfmpegTools>, readonly Source[]])[] = [
  ['the ffmpeg that the service would use', () => findFfmpeg(), SOURCES],
  [
    'the fallback ffmpeg of 2018',
    () => findFfmpeg({ searchPath: '/nonexistent' }),
    SOURCES.filter(({ name }) => /telephone|highest|surround|pack|xing|windows/.test(name)),
  ],
];

describe.each(suites)('by %s, what was computed is what is encoded', (_which, find, sources) => {
  let tones: ToneFolder;
  let tools: FfmpegTools;
  beforeAll(async () => {
    [tones, tools] = [await ToneFolder.create(), await find()];
  });
  afterAll(() => tones.remove());

  const expectAsComputed = async (name: string) => {
    const { facts, encodes } = await encodeWhole(tools, tones.path(name));
    for (const { rung, predicted, real } of encodes)
      expect([rung.name, real]).toEqual([rung.name, predicted]);
    return { facts, flac: encodes.find(({ rung }) => rung.codec === 'flac')?.file ?? Buffer.alloc(0) };
  };

  it.each(sources.map((source) => [source.name, source] as const))('of %s', async (name, source) => {
    const seconds = secondsAt(source.sampleRateHz);
    await tones.wav('tone.wav', { seconds, noise: 0.1, amplitude: 0.4, ...source.tone });
    await tones.convert('tone.wav', name, source.args);
    const { facts, flac } = await expectAsComputed(name);
    expect(facts).toMatchObject({
      sampleRateHz: source.sampleRateHz,
      channels: source.channels,
      bitDepth: source.bitDepth,
      changesForm: false,
      ...(source.sampleCount === undefined ? {} : { sampleCount: source.sampleCount }),
    });
    expect(facts.durationMs / 1000).toBeCloseTo(seconds, 0);
    if (source.exact !== true) return;
    await tones.write('flac.mp4', flac);
    const [was, is] = [await asStereo(tones, name, source.channels), await asStereo(tones, 'flac.mp4', 2)];
    expect(is.equals(was)).toBe(true);
  });

  it.each([
    ['dsf', dsfFile, 1, 64],
    ['dsf', dsfFile, 2, 128],
    ['dff', dffFile, 2, 64],
  ] as const)('of DSD in a %s file', async (ending, write, channels, times) => {
    const rateHz = times * 44_100;
    await tones.write(`dsd.${ending}`, write({ seconds: 0.6, channels, rateHz }));
    const { facts } = await expectAsComputed(`dsd.${ending}`);
    // ffmpeg makes one sample of eight bits.
    expect(facts).toMatchObject({ sampleRateHz: rateHz / 8, channels, bitDepth: 24, lossless: true });
    expect(facts.sampleCount / facts.sampleRateHz).toBeCloseTo(0.6, 1);
    expect(facts.sound.loudness?.integratedLufs).toBeGreaterThan(-30);
  });

  it.each(['wav', 'flac'])('of a single sample in a %s file', async (ending) => {
    await tones.wav('one.wav', { seconds: 1 / 44_100 });
    if (ending !== 'wav') await tones.convert('one.wav', `one.${ending}`);
    expect((await expectAsComputed(`one.${ending}`)).facts.sampleCount).toBe(1);
  });

  /** Parts one after the other in one file, as players of streams record them. */
  const chain = async (name: string, args: readonly string[], parts: readonly Tone[]): Promise<void> => {
    const bytes: Buffer[] = [];
    for (const [at, tone] of parts.entries()) {
      await tones.wav('part.wav', { seconds: 2.1, noise: 0.1, frequencyHz: 300 + 100 * at, ...tone });
      bytes.push(await readFile(await tones.convert('part.wav', `part-${name}`, args)));
    }
    await tones.write(name, Buffer.concat(bytes));
  };
  const MONO_48: Tone = { sampleRateHz: 48_000, channels: 1 };
  const VORBIS = ['-c:a', 'libvorbis'];
  const FLAC_IN_OGG = ['-c:a', 'flac'];

  it.each<readonly [string, readonly string[], readonly [Tone, ...Tone[]], number, boolean]>([
    ['chain.ogg', VORBIS, [{}, {}, {}], 6.3, false],
    ['changing.ogg', VORBIS, [{}, MONO_48, {}], 6.3, true],
    ['beginning-mono.ogg', VORBIS, [MONO_48, { sampleRateHz: 48_000 }], 4.2, true],
    ['chain.opus', ['-c:a', 'libopus'], [{}, MONO_48, {}], 6.3, false],
    ['changing.oga', FLAC_IN_OGG, [{ channels: 1 }, {}, MONO_48], 6.3, true],
    ['changing.mp3', ['-c:a', 'libmp3lame', '-write_xing', '0'], [{}, { channels: 1 }], 4.2, true],
  ])('of %s, whose parts follow one another', async (name, args, parts, seconds, changesForm) => {
    await chain(name, args, parts);
    const { facts } = await expectAsComputed(name);
    expect(facts.changesForm).toBe(changesForm);
    expect(facts.sampleRateHz).toBe(name.endsWith('opus') ? 48_000 : (parts[0].sampleRateHz ?? 44_100));
    expect(facts.channels).toBe(parts[0].channels ?? 2);
    // A resampler holds some samples back where the rate changes, and MP3 is padded.
    expect(Math.abs(facts.sampleCount / facts.sampleRateHz - seconds)).toBeLessThan(0.1);
    expect(facts.sound.pcm?.peaks.length).toBeGreaterThanOrEqual(Math.floor(seconds * 10) - 1);
  });

  it('of a file that goes from one channel to two, whose parts are both heard as they are', async () => {
    await chain('parts.oga', FLAC_IN_OGG, [{ channels: 1 }, { channels: 2 }]);
    const { facts, flac } = await expectAsComputed('parts.oga');
    await tones.write('flac.mp4', flac);
    await tones.wav('first.wav', { seconds: 2.1, noise: 0.1, frequencyHz: 300, channels: 1 });
    await tones.wav('second.wav', { seconds: 2.1, noise: 0.1, frequencyHz: 400, channels: 2 });
    const parts = [await asStereo(tones, 'first.wav', 1), await asStereo(tones, 'second.wav', 2)];
    expect((await asStereo(tones, 'flac.mp4', 2)).equals(Buffer.concat(parts))).toBe(true);
    expect(facts).toMatchObject({ sampleCount: 2 * 92_610, channels: 1, changesForm: true });
  });
});

/** One of each kind: the codec that a file's name promises, and the folder it was collected in. */
const oneOfAKind = async (): Promise<readonly string[]> => {
  const kinds = new Map<string, string>();
  for (const file of await corpusFiles()) {
    const [, ending = ''] = /\.([a-z0-9]+)$/i.exec(file) ?? [];
    const always = /uncommon|he_mode|\.(?:ape|mpc|dsf|dff|wma|wv)$/i.test(file);
    kinds.set(always ? file : `${ending}/${file.split('/').at(-2)}`, file);
  }
  return [...kinds.values()];
};

(hasCorpus ? describe : describe.skip)(
  'files at hand (skipped where there is no ../shared/data/fixtures)',
  () => {
    it('are encoded as computed, one of each kind', async () => {
      const tools = await findFfmpeg();
      const wrong: unknown[] = [];
      let encoded = 0;
      for (const file of await oneOfAKind()) {
        const outcome = await encodeWhole(tools, file).catch((error: unknown) => {
          if (error instanceof MediaError && error.code !== 'FFMPEG_FAILED') return { encodes: [] };
          throw error;
        });
        encoded += outcome.encodes.length;
        for (const { rung, predicted, real } of outcome.encodes)
          if (predicted.join() !== real.join()) wrong.push({ file, rung: rung.name, predicted, real });
      }
      expect(wrong).toEqual([]);
      expect(encoded).toBeGreaterThan(100);
    }, 300_000);
  },
);
