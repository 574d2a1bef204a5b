import type { Codec } from '../media/ladder.js';

/** Samples in one encoded frame, and the samples that a decoder throws away at the start (the edit list). */
export const FRAMING = {
  aac: { frameSamples: 1024, primingSamples: 1024 },
  opus: { frameSamples: 960, primingSamples: 312 },
  flac: { frameSamples: 4096, primingSamples: 0 },
} as const satisfies Record<Codec, { frameSamples: number; primingSamples: number }>;

export const SEGMENT_SECONDS = 4;

/** The segments of one rendition, in samples at the rendition's own rate. */
export interface Timeline {
  readonly sampleRateHz: number;
  /** What a listener hears: the decoded source, resampled. */
  readonly samples: number;
  readonly primingSamples: number;
  readonly frameSamples: number;
  /** As the encoder writes them: together `samples + primingSamples`. */
  readonly mediaSamples: readonly number[];
}

/** Whole frames that fill at least the segment's length: the encoder cuts a fragment only between frames. */
export const samplesPerSegment = (codec: Codec, sampleRateHz: number): number => {
  const { frameSamples } = FRAMING[codec];
  return Math.ceil((SEGMENT_SECONDS * sampleRateHz) / frameSamples) * frameSamples;
};

/** soxr rounds to the nearest sample; ffmpeg's default resampler would give the ceiling. */
export const resampledCount = (samples: number, fromHz: number, toHz: number): number =>
  fromHz === toHz ? samples : Math.round((samples * toHz) / fromHz);

/**
 * Known before anything is encoded, and equal to the finished file to the sample, because encodings regenerate
 * their timestamps from the decoded samples (STREAMING: `asettb=1/sr,asetpts=N`).
 */
export const timelineOf = (codec: Codec, sampleRateHz: number, samples: number): Timeline => {
  if (!Number.isSafeInteger(samples) || samples < 1)
    throw new RangeError(`a timeline needs at least one sample, not ${samples}`);
  const { frameSamples, primingSamples } = FRAMING[codec];
  const perSegment = samplesPerSegment(codec, sampleRateHz);
  const total = samples + primingSamples;
  const count = Math.ceil(total / perSegment);
  const mediaSamples = Array.from({ length: count }, (_, index) =>
    Math.min(perSegment, total - index * perSegment),
  );
  return { sampleRateHz, samples, primingSamples, frameSamples, mediaSamples };
};

/** The timeline of a file that was encoded: its own table, whatever had been predicted. */
export const measuredTimeline = (
  codec: Codec,
  sampleRateHz: number,
  mediaSamples: readonly number[],
): Timeline => {
  const { frameSamples, primingSamples } = FRAMING[codec];
  const total = mediaSamples.reduce((sum, samples) => sum + samples, 0);
  return { sampleRateHz, samples: total - primingSamples, primingSamples, frameSamples, mediaSamples };
};

/** What manifests say: the first segment is shorter by the priming that the edit list cuts away. */
export const presentationSamples = (timeline: Timeline): readonly number[] =>
  timeline.mediaSamples.map((samples, index) => (index === 0 ? samples - timeline.primingSamples : samples));

export const durationMs = (timeline: Timeline): number =>
  Math.round((timeline.samples * 1000) / timeline.sampleRateHz);

export const sameSegments = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((samples, index) => samples === b[index]);
