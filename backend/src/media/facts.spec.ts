import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cadence } from '../../test/support/synthetic-music.js';
import { ToneFolder } from '../../test/support/tones.js';
import { apeTag, id3v1Tag, id3v23Tag, id3v24Tag, textFrame } from '../../test/support/tag-writers.js';
import { hashAudio, measure, remeasure, type TrackFacts } from './facts.js';
import { findFfmpeg } from './find-ffmpeg.js';
import { integratedLufsOf } from './momentary-levels.js';
import { ALL_BRANCHES } from './sound-facts.js';

let tones: ToneFolder;
beforeAll(async () => {
  tones = await ToneFolder.create();
  await tones.wav('a.wav', { seconds: 2, noise: 0.2 });
  for (const [name, args] of CONVERSIONS) await tones.convert('a.wav', name, args);
});
afterAll(() => tones.remove());

const CONVERSIONS = [
  ['a.flac', []],
  ['a.mp3', ['-c:a', 'libmp3lame', '-b:a', '128k']],
  ['a.m4a', ['-c:a', 'aac', '-movflags', '+faststart']],
  ['late.m4a', ['-c:a', 'aac']],
  ['a.ogg', ['-c:a', 'libvorbis']],
  ['a.opus', ['-c:a', 'libopus']],
] as const;

const facts = (name: string): Promise<TrackFacts> => measure(tones.tools, tones.path(name));
const refusal = async (name: string): Promise<unknown> =>
  facts(name).then(
    () => 'accepted',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  );

describe('the facts of a file', () => {
  it('count the samples of a lossless file exactly', async () => {
    const found = await facts('a.flac');
    expect(found).toMatchObject({
      codec: 'flac',
      container: 'flac',
      lossless: true,
      sampleRateHz: 44_100,
      bitDepth: 16,
      channels: 2,
      sampleCount: 88_200,
      durationMs: 2000,
      warnings: [],
    });
    expect(found.sound.pcm?.peaks).toHaveLength(20);
    expect(found.sound.loudness?.integratedLufs).toBeGreaterThan(-12);
    expect(found.sound.loudness?.truePeakDbtp).toBeLessThan(0.1);
  });

  it.each(['a.mp3', 'a.m4a', 'a.ogg', 'a.opus', 'a.wav'])('count what %s decodes to', async (name) => {
    const found = await facts(name);
    expect(found.sampleCount * 4).toBe((await tones.pcm(name)).length);
  });

  it('know peaks by their amplitude', async () => {
    await tones.wav('half.wav', { seconds: 0.25, amplitude: 0.5 });
    const found = await facts('half.wav');
    expect([...(found.sound.pcm?.peaks ?? [])]).toEqual(
      [127, 127, 128].map((peak) => expect.closeTo(peak, -0.5)),
    );
  });

  it('have no loudness where there is only silence', async () => {
    await tones.wav('silence.wav', { amplitude: 0 });
    const found = await facts('silence.wav');
    expect(found).toMatchObject({
      sampleCount: 44_100,
      sound: {
        loudness: { integratedLufs: null, truePeakDbtp: null },
        pcm: { leadingSilenceSamples: 44_100, trailingSilenceSamples: 0, cutoffHz: null },
        mono: { bpm: null, keyTonic: null, energy: null },
      },
    });
    expect(Math.max(...(found.sound.pcm?.peaks ?? [1]))).toBe(0);
  });

  it('have a true peak but no loudness for a sound shorter than the meter needs', async () => {
    await tones.wav('blip.wav', { seconds: 0.05 });
    const found = await facts('blip.wav');
    expect(found.sound.loudness?.integratedLufs).toBeNull();
    expect(found.sound.loudness?.truePeakDbtp).toBeCloseTo(-6, 0);
  });

  it('hear a mono file on both speakers', async () => {
    await tones.wav('mono.wav', { channels: 1 });
    await tones.convert('mono.wav', 'both.wav', ['-af', 'pan=stereo|c0=c0|c1=c0']);
    expect((await facts('mono.wav')).sound.loudness).toEqual((await facts('both.wav')).sound.loudness);
  });

  it('are the same with the fallback of the npm package', async () => {
    const fallback = await findFfmpeg({ searchPath: '' });
    const [old, now] = [await measure(fallback, tones.path('a.flac')), await facts('a.flac')];
    const sound = { ...now.sound, loudness: old.sound.loudness, mono: old.sound.mono, fingerprint: null };
    expect(old).toEqual({ ...now, ffmpegVersion: fallback.version, sound });
    expect(old.sound.loudness?.integratedLufs).toBeCloseTo(now.sound.loudness?.integratedLufs ?? 0, 0);
    expect(old.sound.mono?.energy).toBeCloseTo(now.sound.mono?.energy ?? 0, 2);
  });
});

describe('a part of a file', () => {
  const partOf = async (name: string, fromSample: number, toSample: number | null) =>
    remeasure(tones.tools, { path: tones.path(name), range: { fromSample, toSample } }, ALL_BRANCHES);

  it.each(['flac', 'ogg', 'wma'])(
    'of %s sounds as the same samples in a file of their own',
    async (ending) => {
      await tones.wav('album.wav', { seconds: 9, noise: 0.2, frequencyHz: 330 });
      await tones.convert('album.wav', `album.${ending}`);
      for (const [from, to] of [
        [100_001, 330_007],
        [60_000, null],
      ] as const) {
        const limits = `start_sample=${from}${to === null ? '' : `:end_sample=${to}`}`;
        await tones.convert(`album.${ending}`, 'part.wav', ['-af', `atrim=${limits}`, '-c:a', 'pcm_f32le']);
        const own = (await facts('part.wav')).sound;
        const part = await partOf(`album.${ending}`, from, to);
        expect(part.pcm).toEqual(own.pcm);
        expect(part.fingerprint).toEqual(own.fingerprint);
        expect(part.loudness?.integratedLufs).toBeCloseTo(own.loudness?.integratedLufs ?? 0, 0);
        expect(part.mono).toMatchObject({ bpm: own.mono?.bpm, keyTonic: own.mono?.keyTonic });
      }
    },
  );
});

describe('the fingerprint', () => {
  /** What fpcalc 1.5.1 (-raw) says of this very sound: thirty-two bits every eighth of a second. */
  const FPCALC = [
    977_678_494, 415_641_742, 415_629_726, 411_502_238, 411_504_286, 411_372_190, 411_523_742, 411_302_606,
    412_133_903, 1_487_973_900, 1_541_443_100, 438_339_356, 975_212_828, 975_278_396, 707_899_688,
    705_798_440, 704_766_248, 704_766_249, 726_005_097, 692_452_713, 726_007_161, 717_748_601, 709_359_961,
    709_360_985, 709_358_681, 709_193_851, 709_177_595, 977_612_990, 977_744_062, 977_678_494, 415_641_742,
    415_629_726, 411_502_238, 411_504_286, 411_372_190, 411_523_742, 411_302_606, 412_133_903,
  ];
  const music = async (): Promise<void> => {
    const samples = cadence(0, 'major', 44_100);
    await tones.write('cadence.s16', Buffer.from(samples.buffer));
    await tones.run([
      ...['-f', 's16le', '-ar', '44100', '-ac', '1', '-i', tones.path('cadence.s16')],
      tones.path('cadence.wav'),
    ]);
  };
  const codes = (fingerprint: Buffer | null): number[] =>
    Array.from(
      { length: (fingerprint?.length ?? 0) / 4 },
      (_, index) => fingerprint?.readUInt32LE(index * 4) ?? 0,
    );
  const differentBits = (a: readonly number[], b: readonly number[]): number =>
    a.reduce(
      (sum, code, index) => sum + ((code ^ (b[index] ?? ~code)) >>> 0).toString(2).replaceAll('0', '').length,
      0,
    );

  it('is the one of AcoustID, and nearly the same after a lossy encoder', async () => {
    await music();
    const own = codes((await facts('cadence.wav')).sound.fingerprint);
    expect(own).toHaveLength(FPCALC.length);
    expect(differentBits(own, FPCALC)).toBeLessThan(FPCALC.length * 0.3);
    await tones.convert('cadence.wav', 'cadence.mp3', ['-c:a', 'libmp3lame', '-b:a', '128k']);
    const lossy = codes((await facts('cadence.mp3')).sound.fingerprint);
    expect(differentBits(own, lossy)).toBeLessThan(own.length * 3.2);
  });

  it('covers two minutes of a longer track, and is empty below three seconds', async () => {
    await tones.wav('long-tone.wav', { seconds: 130, sampleRateHz: 11_025, channels: 1 });
    expect(codes((await facts('long-tone.wav')).sound.fingerprint)).toHaveLength(948);
    expect(codes((await facts('a.flac')).sound.fingerprint)).toHaveLength(0);
  });
});

describe('the loudness of an album', () => {
  it.each([
    ['system', undefined],
    ['fallback', ''],
  ])(
    'is what the meter of the %s ffmpeg says of its tracks one after another, to a tenth',
    async (_, searchPath) => {
      const tools = await findFfmpeg({ searchPath });
      // Long enough that the blocks over the joins, which no track has, do not count.
      const parts = ['sine=330:d=40,volume=3', 'sine=900:d=50,volume=0.3', 'sine=440:d=30', 'anullsrc=d=5'];
      for (const [index, sound] of parts.entries())
        await tones.run([
          '-f',
          'lavfi',
          '-i',
          `${sound},aformat=s16:44100:mono`,
          tones.path(`side${index}.wav`),
        ]);
      const levels = await Promise.all(
        parts.map(async (__, index) => {
          const { sound } = await measure(tools, tones.path(`side${index}.wav`));
          const own = sound.loudness?.momentaryLevels ?? Buffer.alloc(2);
          const integrated = sound.loudness?.integratedLufs ?? null;
          if (integrated === null) expect(integratedLufsOf([own])).toBeNull();
          else expect(Math.abs((integratedLufsOf([own]) ?? 0) - integrated)).toBeLessThanOrEqual(0.11);
          return own;
        }),
      );
      const inputs = parts.flatMap((__, index) => ['-i', tones.path(`side${index}.wav`)]);
      await tones.run([
        ...inputs,
        '-filter_complex',
        `concat=n=${parts.length}:v=0:a=1`,
        tones.path('sides.wav'),
      ]);
      const whole = (await measure(tools, tones.path('sides.wav'))).sound.loudness?.integratedLufs ?? 0;
      expect(Math.abs((integratedLufsOf(levels) ?? 0) - whole)).toBeLessThanOrEqual(0.11);
    },
  );
});

describe('the audio hash', () => {
  const same = async (before: string, after: string): Promise<void> => {
    const [old, now] = [await facts(before), await facts(after)];
    expect(old.audioBytes).toBeGreaterThan(1000);
    expect(now.audioBytes).toBe(old.audioBytes);
    expect(now.audioHash.toString('hex')).toBe(old.audioHash.toString('hex'));
    const alone = await hashAudio(tones.tools, tones.path(after));
    expect(alone.audioHash.equals(old.audioHash)).toBe(true);
  };
  const cover = async (): Promise<string> => {
    await tones.convert('a.wav', 'cover.png', ['-filter_complex', 'showwavespic=s=64x64', '-frames:v', '1']);
    return tones.path('cover.png');
  };

  it('survives every kind of tag around an MP3', async () => {
    const audio = await readFile(tones.path('a.mp3'));
    const bare = audio.subarray(10 + audio.readUInt8(9) + (audio.readUInt8(8) << 7));
    const title = textFrame('TIT2', 'Another title');
    await writeFile(tones.path('v23.mp3'), Buffer.concat([id3v23Tag([title]), bare]));
    await writeFile(tones.path('v24.mp3'), Buffer.concat([id3v24Tag([title]), bare]));
    await writeFile(tones.path('ape.mp3'), Buffer.concat([bare, apeTag({ Artist: ['A', 'B'] })]));
    await writeFile(tones.path('v1.mp3'), Buffer.concat([bare, id3v1Tag({ title: 'Short' })]));
    const last = [apeTag({ Title: ['x'.repeat(5000)] }), id3v1Tag({ title: 'y' })];
    await writeFile(tones.path('all.mp3'), Buffer.concat([id3v24Tag([title]), bare, ...last]));
    for (const name of ['v23.mp3', 'v24.mp3', 'ape.mp3', 'v1.mp3', 'all.mp3']) await same('a.mp3', name);
  });

  it.each(['flac', 'm4a', 'mp3'])('survives a new title and a new cover in %s', async (extension) => {
    await tones.convert(`a.${extension}`, `covered.${extension}`, [
      ...['-i', await cover(), '-map', '0:a', '-map', '1:v', '-c', 'copy', '-disposition:v', 'attached_pic'],
      ...['-metadata', 'title=New', '-metadata', `comment=${'x'.repeat(3000)}`],
    ]);
    await same(`a.${extension}`, `covered.${extension}`);
    expect((await facts(`covered.${extension}`)).warnings).toEqual([]);
  });

  it.each(['ogg', 'opus', 'wav'])('survives a new title in %s', async (extension) => {
    await tones.convert(`a.${extension}`, `titled.${extension}`, [
      ...['-c', 'copy', '-metadata', 'title=New', '-metadata:s:0', `comment=${'x'.repeat(3000)}`],
    ]);
    await same(`a.${extension}`, `titled.${extension}`);
  });

  it('differs for another sound', async () => {
    await tones.wav('other.wav', { seconds: 2, frequencyHz: 441, noise: 0.2 });
    expect((await facts('other.wav')).audioHash.equals((await facts('a.wav')).audioHash)).toBe(false);
  });
});

describe('a file that is no music', () => {
  const cut = async (name: string, share: number): Promise<string> => {
    const bytes = await readFile(tones.path(name));
    await tones.write(`cut-${name}`, bytes.subarray(0, Math.floor(bytes.length * share)));
    return `cut-${name}`;
  };

  it.each(['a.flac', 'a.wav', 'a.mp3', 'a.m4a', 'late.m4a', 'a.opus'])(
    'is refused when %s is cut off',
    async (name) => {
      expect(await refusal(await cut(name, 0.6))).toBe('TRUNCATED');
    },
  );

  it('is refused when an Ogg Vorbis file is cut off', async () => {
    await tones.wav('long.wav', { seconds: 4, noise: 0.3 });
    await tones.convert('long.wav', 'long.ogg', ['-c:a', 'libvorbis']);
    expect(await refusal(await cut('long.ogg', 0.8))).toBe('TRUNCATED');
  });

  it('is refused when it is empty, text, noise, a picture, or has a header alone', async () => {
    await tones.write('empty.mp3', Buffer.alloc(0));
    await tones.write('text.mp3', Buffer.from('These are words and not music.\n'.repeat(400)));
    await tones.write('noise.mp3', (await readFile(tones.path('a.wav'))).subarray(1000, 60_000));
    await tones.write('header.wav', (await readFile(tones.path('a.wav'))).subarray(0, 44));
    await tones.wav('zero.wav', { seconds: 0 });
    expect(await refusal('empty.mp3')).toBe('EMPTY_FILE');
    expect(await refusal('text.mp3')).toBe('NOT_AUDIO');
    expect(['NOT_AUDIO', 'UNDECODABLE']).toContain(await refusal('noise.mp3'));
    expect(['TRUNCATED', 'NO_SAMPLES', 'NOT_AUDIO']).toContain(await refusal('header.wav'));
    expect(await refusal('zero.wav')).toBe('NO_SAMPLES');
    expect(await refusal('nowhere.mp3')).toBe('UNREADABLE');
  });

  it('never reads another file by a playlist that calls itself music', async () => {
    await tones.write('list.mp3', Buffer.from(`#EXTM3U\n#EXTINF:1,\n${tones.path('a.wav')}\n`));
    await tones.write('concat.flac', Buffer.from(`ffconcat version 1.0\nfile ${tones.path('a.wav')}\n`));
    expect(await refusal('list.mp3')).toBe('NOT_AUDIO');
    expect(await refusal('concat.flac')).toBe('NOT_AUDIO');
  });

  it('plays with a warning when only its middle is damaged', async () => {
    const bytes = Buffer.from(await readFile(tones.path('a.flac')));
    bytes.fill(0x55, bytes.length >> 1, (bytes.length >> 1) + 200);
    await tones.write('scratched.flac', bytes);
    const found = await facts('scratched.flac');
    expect(found.warnings).toHaveLength(1);
  });
});
