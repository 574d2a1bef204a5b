import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { FRAMING, type Codec } from '../../../backend/src/media/ladder.js';
import { leadSamples } from '../../../backend/src/transcode/full-fragment.js';
import { presentationSamples, timelineOf } from '../../../backend/src/transcode/timeline.js';
import { APPEND_WINDOW_FUDGE_SECONDS, plannedSegments } from './queue-references';
import { placeItems } from './queue-timeline';

const segmentsOf = (codec: Codec, sampleRateHz: number, samples: number) => {
  const { mediaSamples } = timelineOf(codec, sampleRateHz, samples);
  return { segmentCount: mediaSamples.length, samplesPerSegment: mediaSamples[0] ?? 0 };
};

const queueOf = (codec: Codec, sampleRateHz: number, lengths: readonly number[]) =>
  placeItems(
    lengths.map((samples, key) => ({
      key,
      item: {
        trackId: `t${key}`,
        startMs: 0,
        durationMs: 0,
        sampleRateHz,
        samples,
        ...FRAMING[codec],
        leadSamples: leadSamples(codec),
        ...segmentsOf(codec, sampleRateHz, samples),
        segmentSamples: null,
        gainDb: 0,
        albumGainDb: null,
        rungs: [{ bitrateKbps: 96, init: `/${key}/init.mp4?s`, segments: `/${key}/full/$Number$.m4s?s` }],
      },
    })),
    0,
  );

const anyQueue = fc.record({
  codec: fc.constantFrom('aac', 'opus', 'flac'),
  sampleRateHz: fc.constantFrom(44_100, 48_000, 96_000),
  lengths: fc.array(fc.integer({ min: 1, max: 3_000_000 }), { minLength: 1, maxLength: 12 }),
});

describe('the segments of a queue', () => {
  it('follow each other without a gap and without an overlap, over all joins', () => {
    fc.assert(
      fc.property(anyQueue, ({ codec, sampleRateHz, lengths }) => {
        const segments = queueOf(codec, sampleRateHz, lengths).flatMap((item) => plannedSegments(item, 96));
        segments.forEach((segment, at) => {
          expect(segment.endSeconds).toBeGreaterThan(segment.startSeconds);
          const end = at === 0 ? 0 : (segments[at - 1]?.endSeconds ?? NaN);
          // At a join, found a little early; never late.
          expect(end - segment.startSeconds).toBeGreaterThanOrEqual(0);
          expect(end - segment.startSeconds).toBeLessThan(3e-6);
        });
      }),
    );
  });

  it('last as long as the manifests of the same track say', () => {
    fc.assert(
      fc.property(anyQueue, ({ codec, sampleRateHz, lengths: [samples = 1] }) => {
        const [item] = queueOf(codec, sampleRateHz, [samples]);
        const stated = presentationSamples(timelineOf(codec, sampleRateHz, samples));
        const own = (item ? plannedSegments(item, 96) : []).map((each) =>
          Math.round((each.endSeconds - each.startSeconds) * sampleRateHz),
        );
        expect(own).toEqual(stated);
      }),
    );
  });

  it('are cut, once Shaka has widened the windows, exactly where the item begins and ends', () => {
    fc.assert(
      fc.property(anyQueue, ({ codec, sampleRateHz, lengths }) => {
        for (const item of queueOf(codec, sampleRateHz, lengths))
          for (const segment of plannedSegments(item, 96)) {
            const from = Math.max(0, segment.appendWindowStartSeconds - APPEND_WINDOW_FUDGE_SECONDS);
            const until = segment.appendWindowEndSeconds + APPEND_WINDOW_FUDGE_SECONDS;
            expect(from).toBeCloseTo(item.startSeconds, 9);
            expect(until).toBeCloseTo(item.startSeconds + item.item.samples / sampleRateHz, 9);
          }
      }),
    );
  });

  it('are laid where the item begins, the first earlier by what resets an Opus decoder and by what Shaka adds', () => {
    const offsets = (codec: Codec) =>
      queueOf(codec, 48_000, [48_000, 300_000]).flatMap((item) =>
        plannedSegments(item, 96).map((segment) => segment.timestampOffsetSeconds - item.startSeconds),
      );
    expect(offsets('aac')).toEqual([0, 0, 0]);
    for (const [at, offset] of [-0.021, -0.02, 0].entries())
      expect(offsets('opus')[at]).toBeCloseTo(offset, 9);
  });

  it('are addressed by their number, with the signature they were granted with', () => {
    const [, second] = queueOf('opus', 48_000, [48_000, 300_000]);
    const segments = second ? plannedSegments(second, 96) : [];
    expect(segments.map(({ uri }) => uri)).toEqual(['/1/full/0.m4s?s', '/1/full/1.m4s?s']);
    expect(segments[0]?.initUri).toBe('/1/init.mp4?s');
  });

  it('are those of the nearest rung where an item lacks the one that plays', () => {
    const [only] = queueOf('opus', 48_000, [48_000]);
    expect(only ? plannedSegments(only, 320) : null).toEqual(only ? plannedSegments(only, 96) : undefined);
  });
});
