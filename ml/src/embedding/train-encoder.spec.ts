import { beforeAll, describe, expect, it } from '@jest/globals';
import { seededRandom, type Random } from '../data/random.js';
import { dotOfRows } from '../tensor/unit-rows.js';
import { restoreEncoder, type AudioEncoder } from './encoder.js';
import type { SoundWindow } from './excerpt.js';
import { ENCODER_DEFAULTS, trainEncoder } from './train-encoder.js';

const BANDS = 64;
const TRACKS_AN_ALBUM = 8;
const SETTINGS = { ...ENCODER_DEFAULTS, batch: 128, steps: 120 };

type Shape = readonly (readonly [height: number, middle: number, width: number])[];

const hillsOf = (random: Random, count: number, height: number): Shape =>
  Array.from({ length: count }, () => [height * random.normal(), random.below(BANDS), 3 + 6 * random.next()]);
const levelOf = (shape: Shape, band: number): number =>
  shape.reduce(
    (sum, [height, middle, width]) => sum + height * Math.exp(-(((band - middle) / width) ** 2)),
    0,
  );

/**
 * Statistics as the analysis of sound stores them: an album has its sound, a track its own on top, a window what is
 * played just then; loudness as it was mastered, and what repeated tones do to single bands.
 */
const album = (random: Random): SoundWindow[][] => {
  const ofAlbum = hillsOf(random, 5, 4);
  return Array.from({ length: TRACKS_AN_ALBUM }, () => {
    const ofTrack = hillsOf(random, 4, 3.5);
    const loudness = 5 * random.normal();
    return Array.from({ length: 6 + random.below(20) }, () => {
      const ofWindow = hillsOf(random, 3, 3);
      const means = Array.from(
        { length: BANDS },
        (_, band) =>
          -30 -
          band / 2 +
          loudness +
          levelOf(ofAlbum, band) +
          levelOf(ofTrack, band) +
          levelOf(ofWindow, band) +
          1.5 * random.normal(),
      );
      const deviations = means.map((_, band) =>
        Math.max(0, 6 + 0.5 * levelOf(ofTrack, BANDS - band) + random.normal()),
      );
      return { means, deviations };
    });
  });
};

const library = (albums: number, seed: number): SoundWindow[][] => {
  const random = seededRandom(seed);
  return Array.from({ length: albums }, () => album(random)).flat();
};

const halves = (windows: readonly SoundWindow[]): readonly [SoundWindow[], SoundWindow[]] => {
  const middle = windows.length >> 1;
  return [windows.slice(0, middle), windows.slice(middle)];
};

const near = (a: Float32Array, b: Float32Array): number => dotOfRows(a, 0, b, 0, a.length);

describe('what a track sounds like, learnt on the library itself', () => {
  const known = library(40, 1);
  const strange = library(25, 2);
  let encoder: AudioEncoder;
  beforeAll(async () => {
    encoder = await trainEncoder(known, SETTINGS, 1, 'wasm');
  });

  it('holds two halves of a track it never heard nearer than 95 % of the halves of others', () => {
    const firsts = strange.map((windows) => encoder.encode(halves(windows)[0]));
    const seconds = strange.map((windows) => encoder.encode(halves(windows)[1]));
    const nearerThan = firsts.map((first, track) => {
      const own = near(first, seconds[track] ?? first);
      return (
        seconds.filter((other, at) => at !== track && near(first, other) < own).length / (seconds.length - 1)
      );
    });
    expect(nearerThan.reduce((sum, share) => sum + share, 0) / nearerThan.length).toBeGreaterThan(0.95);
  });

  it('finds tracks of the same album at least three times as often as chance', () => {
    const rows = strange.map((windows) => encoder.encode(windows));
    const mates = rows.map((row, track) => {
      const nearest = [...rows.keys()]
        .filter((other) => other !== track)
        .sort((a, b) => near(row, rows[b] ?? row) - near(row, rows[a] ?? row))
        .slice(0, TRACKS_AN_ALBUM - 1);
      const albumOf = (number: number): number => Math.floor(number / TRACKS_AN_ALBUM);
      return nearest.filter((other) => albumOf(other) === albumOf(track)).length / nearest.length;
    });
    const found = mates.reduce((sum, share) => sum + share, 0) / mates.length;
    const chance = (TRACKS_AN_ALBUM - 1) / (rows.length - 1);
    expect(found / chance).toBeGreaterThan(3);
  });

  it('hears the same track in a louder master', () => {
    const [track = []] = strange;
    const louder = track.map(({ means, deviations }) => ({
      means: Array.from(means, (level) => level + 9),
      deviations,
    }));
    expect(near(encoder.encode(track), encoder.encode(louder))).toBeGreaterThan(0.999);
  });

  it('is the same of the same seed, and made again of its numbers', async () => {
    const brief = { ...SETTINGS, steps: 5 };
    const [one, two] = [
      await trainEncoder(known, brief, 7, 'wasm'),
      await trainEncoder(known, brief, 7, 'wasm'),
    ];
    expect(one.state).toEqual(two.state);
    const [track = []] = strange;
    expect(restoreEncoder(one.state).encode(track)).toEqual(one.encode(track));
  });

  it('is not learnt from one track', async () => {
    await expect(trainEncoder(known.slice(0, 1), SETTINGS, 1, 'wasm')).rejects.toThrow(
      '1 tracks of two windows',
    );
  });
});
