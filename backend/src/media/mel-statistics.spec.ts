import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { drums, ROCK } from '../../test/support/synthetic-music.js';
import { MEL_BANDS, MEL_FLOOR_DB } from './mel.js';
import { MelStatistics, type MelWindows, packMel, unpackMel } from './mel-statistics.js';
import { MonoAnalysis } from './mono-analysis.js';

const windowsOf = (samples: Int16Array): MelWindows | null => {
  const analysis = new MonoAnalysis();
  analysis.add(samples);
  const { melStatistics } = analysis.finish();
  return melStatistics === null ? null : unpackMel(melStatistics);
};

const sine = (hz: number, seconds: number, amplitude = 32_767): Int16Array =>
  Int16Array.from(
    { length: 22_050 * seconds },
    (_, n) => amplitude * Math.sin((2 * Math.PI * hz * n) / 22_050),
  );

const loudestBand = (levels: Float64Array): number => levels.indexOf(Math.max(...levels));

describe('the log-mel statistics of a track', () => {
  it.each([100, 440, 1000, 4000, 9000])('show a tone of %i Hz in its own band, near full scale', (hz) => {
    const mean = windowsOf(sine(hz, 10))?.means[0] ?? new Float64Array(MEL_BANDS);
    const mel = (f: number): number => 2595 * Math.log10(1 + f / 700);
    expect(Math.abs(loudestBand(mean) + 1 - (mel(hz) / mel(11_025)) * (MEL_BANDS + 1))).toBeLessThan(1);
    expect(Math.max(...mean)).toBeGreaterThan(-4);
    expect(Math.max(...mean)).toBeLessThan(4);
  });

  it('fall by 20 dB when the sound does', () => {
    const level = (amplitude: number): number =>
      Math.max(...(windowsOf(sine(1000, 4, amplitude))?.means[0] ?? []));
    expect(level(20_000) - level(2000)).toBeCloseTo(20, 0);
  });

  it('have a window for every ten seconds and the rest, and deviate where the music moves', () => {
    const moving = windowsOf(drums(ROCK, 120, 35));
    expect(moving?.secondsEach).toBe(10);
    expect(moving?.means).toHaveLength(4);
    expect(Math.max(...(moving?.deviations[1] ?? []))).toBeGreaterThan(8);
    expect(Math.max(...(windowsOf(sine(440, 20))?.deviations[1] ?? [99]))).toBeLessThan(1);
  });

  it('are at the floor in silence and absent below a tenth of a second', () => {
    expect([...(windowsOf(new Int16Array(22_050))?.means[0] ?? [])]).toEqual(
      Array.from({ length: MEL_BANDS }, () => MEL_FLOOR_DB),
    );
    expect(windowsOf(new Int16Array(2000))).toBeNull();
  });

  it('take no more room after the most windows: two become one, with the mean and deviation of both', () => {
    const levelAt = (frame: number): Float64Array =>
      new Float64Array(MEL_BANDS).fill(Math.sin(frame) * 20 - 40);
    const long = new MelStatistics(1, 4);
    const whole: number[] = [];
    for (let frame = 0; frame < 160; frame++) {
      long.add(levelAt(frame));
      whole.push(levelAt(frame)[0] ?? 0);
    }
    const windows = long.finish();
    expect(windows?.secondsEach).toBe(40);
    expect(windows?.means).toHaveLength(4);
    const part = whole.slice(40, 80);
    const mean = part.reduce((sum, value) => sum + value, 0) / 40;
    const deviation = Math.sqrt(part.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 40);
    expect(windows?.means[1]?.[7]).toBeCloseTo(mean, 9);
    expect(windows?.deviations[1]?.[7]).toBeCloseTo(deviation, 6);
  });

  it('come back from their bytes to a quarter of a decibel', () => {
    const levels = fc.array(fc.double({ min: -100, max: 20, noNaN: true }), {
      minLength: MEL_BANDS,
      maxLength: MEL_BANDS,
    });
    const spreads = fc.array(fc.double({ min: 0, max: 31, noNaN: true }), {
      minLength: MEL_BANDS,
      maxLength: MEL_BANDS,
    });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(levels, spreads), { maxLength: 4 }),
        fc.integer({ min: 1, max: 60_000 }),
        (rows, secondsEach) => {
          const windows = {
            secondsEach,
            means: rows.map(([mean]) => Float64Array.from(mean)),
            deviations: rows.map(([, deviation]) => Float64Array.from(deviation)),
          };
          const back = unpackMel(packMel(windows));
          expect(back?.secondsEach).toBe(secondsEach);
          expect(back?.means).toHaveLength(rows.length);
          rows.forEach(([mean, deviation], window) => {
            mean.forEach((level, band) =>
              expect(Math.abs((back?.means[window]?.[band] ?? 99) - level)).toBeLessThanOrEqual(0.2501),
            );
            deviation.forEach((level, band) =>
              expect(Math.abs((back?.deviations[window]?.[band] ?? 99) - level)).toBeLessThanOrEqual(0.0626),
            );
          });
        },
      ),
    );
  });

  it('are not read from bytes of another layout', () => {
    const bytes = packMel({
      secondsEach: 10,
      means: [new Float64Array(MEL_BANDS)],
      deviations: [new Float64Array(MEL_BANDS)],
    });
    expect(unpackMel(bytes)).not.toBeNull();
    expect(unpackMel(bytes.subarray(0, -1))).toBeNull();
    expect(unpackMel(Buffer.concat([Buffer.from([2]), bytes.subarray(1)]))).toBeNull();
    expect(unpackMel(Buffer.alloc(0))).toBeNull();
  });
});
