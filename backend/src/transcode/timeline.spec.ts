import { describe, expect, it } from '@jest/globals';
import { FRAMING } from '../media/ladder.js';
import {
  durationMs,
  measuredTimeline,
  presentationSamples,
  sameSegments,
  samplesPerSegment,
  timelineOf,
} from './timeline.js';

const CODECS = ['aac', 'opus', 'flac'] as const;
const RATES = {
  aac: [44_100, 48_000],
  opus: [48_000],
  flac: [8_000, 22_050, 44_100, 48_000, 96_000, 192_000],
};
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Deterministic, so that a failing length can be seen again. */
const lengths = (count: number): number[] => {
  let seed = 12_345;
  return Array.from({ length: count }, () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return 1 + (seed % 30_000_000);
  });
};

describe('samplesPerSegment', () => {
  it.each([
    ['aac', 44_100, 173 * 1024],
    ['aac', 48_000, 188 * 1024],
    ['opus', 48_000, 200 * 960],
    ['flac', 44_100, 44 * 4096],
    ['flac', 48_000, 47 * 4096],
    ['flac', 96_000, 94 * 4096],
  ] as const)('a segment of %s at %i Hz holds %i samples', (codec, rate, samples) => {
    expect(samplesPerSegment(codec, rate)).toBe(samples);
  });
});

describe('timelineOf', () => {
  for (const codec of CODECS)
    for (const rate of RATES[codec])
      it(`the segments of ${codec} at ${rate} Hz hold every sample and the priming once, whatever the length`, () => {
        const perSegment = samplesPerSegment(codec, rate);
        for (const samples of [
          1,
          2,
          1024,
          4096,
          perSegment - 1,
          perSegment,
          perSegment + 1,
          2 * perSegment + rate / 2 - 1 - FRAMING[codec].primingSamples,
          2 * perSegment + rate / 2 - FRAMING[codec].primingSamples,
          ...lengths(200),
        ]) {
          const timeline = timelineOf(codec, rate, samples);
          expect(sum(timeline.mediaSamples)).toBe(samples + FRAMING[codec].primingSamples);
          expect(sum(presentationSamples(timeline))).toBe(samples);
          expect(timeline.mediaSamples.slice(0, -1).every((each) => each === perSegment)).toBe(true);
          const last = timeline.mediaSamples.at(-1) ?? 0;
          expect(last).toBeLessThan(perSegment + rate / 2);
          expect(last).toBeGreaterThanOrEqual(timeline.mediaSamples.length > 1 ? rate / 2 : 1);
          expect(presentationSamples(timeline).every((each) => each > 0)).toBe(true);
        }
      });

  it('a track of one sample is one segment', () => {
    expect(CODECS.map((codec) => timelineOf(codec, 48_000, 1).mediaSamples)).toEqual([[1025], [313], [1]]);
  });

  it('a segment that is exactly full is not followed by an empty one', () => {
    const perSegment = samplesPerSegment('flac', 44_100);
    expect(timelineOf('flac', 44_100, perSegment * 3).mediaSamples).toEqual([
      perSegment,
      perSegment,
      perSegment,
    ]);
  });

  it('what is left for a last segment of less than half a second belongs to the one before', () => {
    const perSegment = samplesPerSegment('opus', 48_000);
    const lengthsOf = (media: number) => timelineOf('opus', 48_000, media - PRIMING).mediaSamples;
    const { primingSamples: PRIMING } = FRAMING.opus;
    expect(lengthsOf(2 * perSegment + 23_999)).toEqual([perSegment, perSegment + 23_999]);
    expect(lengthsOf(2 * perSegment + 24_000)).toEqual([perSegment, perSegment, 24_000]);
    expect(lengthsOf(perSegment + 1)).toEqual([perSegment + 1]);
  });

  it('ten hours have a table of 9,000 Opus segments', () => {
    expect(timelineOf('opus', 48_000, 36_000 * 48_000).mediaSamples).toHaveLength(9_000);
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('%p samples are no track', (samples) => {
    expect(() => timelineOf('aac', 44_100, samples)).toThrow(RangeError);
  });
});

describe('measuredTimeline', () => {
  it('tells the length of a file whose encoder did not keep to the prediction', () => {
    const timeline = measuredTimeline('opus', 48_000, [192_000, 191_040, 700]);
    expect(timeline.samples).toBe(192_000 + 191_040 + 700 - 312);
    expect(presentationSamples(timeline)).toEqual([191_688, 191_040, 700]);
  });

  it('is the prediction where the encoder kept to it', () => {
    const predicted = timelineOf('aac', 44_100, 1_000_000);
    expect(measuredTimeline('aac', 44_100, predicted.mediaSamples)).toEqual(predicted);
    expect(sameSegments(predicted.mediaSamples, measuredTimeline('aac', 44_100, [5]).mediaSamples)).toBe(
      false,
    );
  });
});

describe('durationMs', () => {
  it('rounds to the nearest millisecond', () => {
    expect(durationMs(timelineOf('flac', 44_100, 6_058_240))).toBe(137_375);
  });
});
