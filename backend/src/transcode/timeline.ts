import { FRAGMENT_SECONDS, FRAMING, renditionRate, resampledCount, type Codec } from '../media/ladder.js';

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
  return Math.ceil((FRAGMENT_SECONDS * sampleRateHz) / frameSamples) * frameSamples;
};

/**
 * A last segment below this joins the one before it: hls.js never ends on one of less than about a frame, and dash.js
 * leaves it out.
 */
const SHORTEST_END_SECONDS = 0.5;

export const isShortEnd = (samples: number, sampleRateHz: number): boolean =>
  samples < SHORTEST_END_SECONDS * sampleRateHz;

/**
 * Known before anything is encoded, and equal to the finished file to the sample, because encodings regenerate
 * their timestamps from the decoded samples (the last filters of every rung).
 */
export const timelineOf = (codec: Codec, sampleRateHz: number, samples: number): Timeline => {
  if (!Number.isSafeInteger(samples) || samples < 1)
    throw new RangeError(`a timeline needs at least one sample, not ${samples}`);
  const { frameSamples, primingSamples } = FRAMING[codec];
  const perSegment = samplesPerSegment(codec, sampleRateHz);
  const total = samples + primingSamples;
  const fragments = Math.ceil(total / perSegment);
  const folds = fragments > 1 && isShortEnd(total - (fragments - 1) * perSegment, sampleRateHz);
  const count = folds ? fragments - 1 : fragments;
  const mediaSamples = Array.from({ length: count }, (_, index) =>
    index < count - 1 ? perSegment : total - index * perSegment,
  );
  return { sampleRateHz, samples, primingSamples, frameSamples, mediaSamples };
};

/** What a rendition of a source will be, from the sample count that the source decodes to. */
export const predictedTimeline = (
  codec: Codec,
  source: { readonly sampleRateHz: number; readonly sampleCount: number },
): Timeline => {
  const rateHz = renditionRate(codec, source.sampleRateHz);
  return timelineOf(codec, rateHz, resampledCount(source.sampleCount, source.sampleRateHz, rateHz));
};

/** The timeline of a file that was encoded: its own table, whatever had been predicted. */
export const measuredTimeline = (
  codec: Codec,
  sampleRateHz: number,
  mediaSamples: readonly number[],
): Timeline => {
  const { frameSamples, primingSamples } = FRAMING[codec];
  const total = totalSamples(mediaSamples);
  return { sampleRateHz, samples: total - primingSamples, primingSamples, frameSamples, mediaSamples };
};

/** What manifests say: the first segment is shorter by the priming that the edit list cuts away. */
export const presentationSamples = (timeline: Timeline): readonly number[] =>
  timeline.mediaSamples.map((samples, index) => (index === 0 ? samples - timeline.primingSamples : samples));

export const durationMs = (timeline: Timeline): number =>
  Math.round((timeline.samples * 1000) / timeline.sampleRateHz);

export const totalSamples = (segments: readonly number[]): number =>
  segments.reduce((sum, samples) => sum + samples, 0);

export const sameSegments = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((samples, index) => samples === b[index]);
