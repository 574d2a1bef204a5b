import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FRAMING } from '../../../backend/src/media/ladder.js';
import { timelineOf } from '../../../backend/src/transcode/timeline.js';
import { endSeconds, indexAt, placeItems, segmentSamplesOf, type GrantedItem } from './queue-timeline';

const RATES = [8000, 22_050, 44_100, 48_000, 88_200, 96_000, 176_400, 192_000] as const;

const anyLength = fc.record({
  codec: fc.constantFrom('aac', 'opus', 'flac'),
  sampleRateHz: fc.constantFrom(...RATES),
  samples: fc.oneof(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 60_000_000 })),
});

const granted = (samples: number, sampleRateHz: number): GrantedItem => ({
  trackId: 'a',
  startMs: 0,
  durationMs: 0,
  sampleRateHz,
  samples,
  primingSamples: 0,
  frameSamples: 4096,
  leadSamples: 0,
  segmentCount: 1,
  samplesPerSegment: samples,
  segmentSamples: null,
  gainDb: 0,
  albumGainDb: null,
  rungs: [],
});

describe('the timeline of a queue', () => {
  it('cuts every length of every codec into the segments that the server writes', () => {
    fc.assert(
      fc.property(anyLength, ({ codec, sampleRateHz, samples }) => {
        const server = timelineOf(codec, sampleRateHz, samples);
        const own = segmentSamplesOf({
          ...granted(samples, sampleRateHz),
          ...FRAMING[codec],
          segmentCount: server.mediaSamples.length,
          samplesPerSegment: server.mediaSamples[0] ?? 0,
        });
        expect(own).toEqual(server.mediaSamples);
      }),
    );
  });

  it('takes the segments of a rung that was measured as they are', () => {
    const segmentSamples = [192_000, 7];
    expect(segmentSamplesOf({ ...granted(192_007, 48_000), segmentSamples })).toBe(segmentSamples);
  });

  it('begins each item within a microsecond of where exact fractions say, mixed rates and long queues alike', () => {
    const lengths = fc.array(fc.tuple(fc.integer({ min: 1, max: 20_000_000 }), fc.constantFrom(...RATES)), {
      minLength: 1,
      maxLength: 300,
    });
    /** All rates divide it, so a sum of these ticks is exact. */
    const ticksPerSecond = 28_224_000n;
    fc.assert(
      fc.property(lengths, (tracks) => {
        const placed = placeItems(
          tracks.map(([samples, rateHz], key) => ({ key, item: granted(samples, rateHz) })),
          0,
        );
        let ticks = 0n;
        tracks.forEach(([samples, rateHz], at) => {
          const exact = Number(ticks) / Number(ticksPerSecond);
          expect(Math.abs((placed[at]?.startSeconds ?? NaN) - exact)).toBeLessThan(1e-6);
          ticks += (BigInt(samples) * ticksPerSecond) / BigInt(rateHz);
        });
      }),
      { numRuns: 30 },
    );
  });

  it('knows which item sounds, also a clock tick before its first sample', () => {
    const placed = placeItems(
      [1, 2, 3].map((key) => ({ key, item: granted(44_101, 44_100) })),
      10,
    );
    const [first, second, third] = placed.map(({ startSeconds }) => startSeconds);
    expect([first, second, third].map((start) => indexAt(placed, start ?? NaN))).toEqual([0, 1, 2]);
    expect(indexAt(placed, (second ?? NaN) - 0.000_001)).toBe(1);
    expect(indexAt(placed, (second ?? NaN) - 0.01)).toBe(0);
    expect(indexAt(placed, 0)).toBe(0);
    expect(indexAt(placed, 1000)).toBe(2);
    expect(indexAt([], 0)).toBe(-1);
    expect(placed.map(endSeconds).slice(0, 2)).toEqual([second, third]);
  });
});
