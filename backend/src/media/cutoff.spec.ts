import { existsSync } from 'node:fs';
import { copyFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ToneFolder } from '../../test/support/tones.js';
import { findCutoff } from './cutoff.js';
import { cutoffVerdict } from './cutoff-rules.js';
import { remeasure } from './facts.js';

const REAL_FLACS = join(import.meta.dirname, '../../../../shared/data/fixtures/flac-test-files/subset');

let tones: ToneFolder;
beforeAll(async () => {
  tones = await ToneFolder.create();
  // Pink, as music is: white noise has more in the last octave than any music.
  const pink = (channel: number): string => `anoisesrc=c=pink:a=0.6:r=44100:d=6:seed=${channel}`;
  await tones.run([
    ...['-f', 'lavfi', '-i', pink(1), '-f', 'lavfi', '-i', pink(2), '-filter_complex', 'amerge=inputs=2'],
    tones.path('noise.wav'),
  ]);
});
afterAll(() => tones.remove());

const verdictOf = async (name: string, sampleRateHz = 44_100): Promise<string> => {
  const { pcm } = await remeasure(tones.tools, { path: tones.path(name) }, new Set(['pcm']));
  const { cutoffHz = null, cutoffDropDb = null } = pcm ?? {};
  return `${cutoffVerdict({ lossless: true, sampleRateHz, cutoffHz, cutoffDropDb }) ?? 'untold'} ${Math.round((cutoffHz ?? 0) / 1000)} kHz`;
};

/** As a file that calls itself lossless comes to be: encoded, decoded, and kept as FLAC. */
const disguise = async (from: string, coded: string, args: readonly string[]): Promise<string> => {
  await tones.convert(from, coded, args);
  await tones.convert(coded, `${coded}.flac`, ['-ar', '44100', '-sample_fmt', 's16']);
  return `${coded}.flac`;
};

const LOSSY = [
  ['128k.mp3', ['-c:a', 'libmp3lame', '-b:a', '128k']],
  ['320k.mp3', ['-c:a', 'libmp3lame', '-b:a', '320k']],
  ['128k.m4a', ['-c:a', 'aac', '-b:a', '128k']],
] as const;
/** Its edge at 20 kHz is soft: visible in music, not in noise. */
const OPUS = ['96k.opus', ['-c:a', 'libopus', '-b:a', '96k']] as const;

describe('a lossless file', () => {
  it.each(LOSSY)('that was made from %s is found out', async (coded, args) => {
    expect(await verdictOf(await disguise('noise.wav', coded, args))).toMatch(
      /^lossySource (1[67]|2[01]) kHz$/,
    );
  });

  it('of full-band sound is clean, and so is one that a careful resampler made from a higher rate', async () => {
    await tones.convert('noise.wav', 'true.flac');
    expect(await verdictOf('true.flac')).toBe('clean 22 kHz');
    await tones.wav('hires.wav', { seconds: 6, noise: 0.3, sampleRateHz: 96_000, bits: 24 });
    await tones.convert('hires.wav', 'down.flac', ['-af', 'aresample=44100:resampler=soxr:precision=28']);
    expect(await verdictOf('down.flac')).toMatch(/^clean/);
    expect(await verdictOf('hires.wav', 96_000)).toBe('clean 48 kHz');
  });

  it('that was blown up to a higher rate is found out', async () => {
    await tones.convert('noise.wav', 'up.flac', ['-af', 'aresample=96000:resampler=soxr']);
    expect(await verdictOf('up.flac', 96_000)).toBe('upsampled 22 kHz');
  });

  it('that is silent, or shorter than five seconds, is not judged', async () => {
    await tones.wav('silent.wav', { seconds: 8, amplitude: 0 });
    await tones.wav('short.wav', { seconds: 2, noise: 0.3 });
    expect(await verdictOf('silent.wav')).toBe('untold 0 kHz');
    expect(await verdictOf('short.wav')).toBe('untold 0 kHz');
  });

  const real = existsSync(REAL_FLACS) ? it : it.skip;
  real(
    'of real music is clean, and found out after MP3, AAC and Opus (needs the shared fixtures)',
    async () => {
      const names = (await readdir(REAL_FLACS)).filter((name) => /^(01|10|14) /.test(name)).sort();
      expect(names).toHaveLength(3);
      for (const name of names) {
        const own = `real-${name.slice(0, 2)}.flac`;
        await copyFile(join(REAL_FLACS, name), tones.path(own));
        // Ten looks are needed, and these are excerpts of five to seven seconds: played twice.
        await tones.run([
          '-stream_loop',
          '1',
          '-i',
          tones.path(own),
          '-map',
          '0:a',
          tones.path(`twice-${own}`),
        ]);
        expect({ name, verdict: await verdictOf(`twice-${own}`) }).toMatchObject({
          verdict: expect.stringMatching(/^clean/),
        });
        for (const [coded, args] of [...LOSSY, OPUS])
          expect({
            name,
            coded,
            verdict: await verdictOf(await disguise(`twice-${own}`, `${own}-${coded}`, args)),
          }).toMatchObject({ verdict: expect.stringMatching(/^lossySource/) });
      }
    },
  );
});

describe('where sound ends', () => {
  const levels = (...parts: readonly (readonly [bands: number, db: number])[]): number[] =>
    parts.flatMap(([bands, db]) => Array.from({ length: bands }, () => db));

  it('is the highest band above what rounding leaves, with the fall beyond it', () => {
    expect(findCutoff(levels([160, -80], [60, -129]), 100)).toEqual({ cutoffHz: 16_000, cutoffDropDb: 49 });
    expect(findCutoff(levels([220, -80]), 100)).toEqual({ cutoffHz: 22_000, cutoffDropDb: 0 });
    expect(findCutoff(levels([220, -129]), 100)).toEqual({ cutoffHz: null, cutoffDropDb: null });
  });

  it('is no cliff where instruments fade away', () => {
    const fading = Array.from({ length: 220 }, (_, band) => -70 - band * 0.35);
    expect(findCutoff(fading, 100).cutoffDropDb).toBeLessThan(12);
  });

  it('says nothing of a lossy file, and something else of each rate', () => {
    const cliff = { cutoffHz: 20_100, cutoffDropDb: 30 };
    expect(cutoffVerdict({ ...cliff, lossless: false, sampleRateHz: 44_100 })).toBeNull();
    expect(cutoffVerdict({ ...cliff, lossless: true, sampleRateHz: 44_100 })).toBe('lossySource');
    expect(cutoffVerdict({ ...cliff, cutoffDropDb: 5, lossless: true, sampleRateHz: 44_100 })).toBe('clean');
    expect(cutoffVerdict({ ...cliff, cutoffHz: 21_500, lossless: true, sampleRateHz: 44_100 })).toBe('clean');
    expect(cutoffVerdict({ ...cliff, cutoffHz: 21_500, lossless: true, sampleRateHz: 192_000 })).toBe(
      'upsampled',
    );
    expect(cutoffVerdict({ ...cliff, cutoffHz: 30_000, lossless: true, sampleRateHz: 192_000 })).toBe(
      'clean',
    );
    expect(cutoffVerdict({ ...cliff, cutoffHz: 15_800, lossless: true, sampleRateHz: 32_000 })).toBe('clean');
  });
});
