/**
 * Samples of a file, at its own rate, that an encode reads: the whole file, a part of it that is a track by itself, or
 * what one chunk of a long track needs.
 */
export interface SourceRange {
  readonly fromSample: number;
  /** The first that is no part of it; null: up to the end of the file. */
  readonly toSample: number | null;
}

export const WHOLE_FILE: SourceRange = { fromSample: 0, toSample: null };

/** A range that was counted from the beginning of another one, within the limits of that. */
export const rangeWithin = (outer: SourceRange, inner: SourceRange): SourceRange => {
  const ends = [inner.toSample, outer.toSample === null ? null : outer.toSample - outer.fromSample].filter(
    (end) => end !== null,
  );
  return {
    fromSample: outer.fromSample + inner.fromSample,
    toSample: ends.length === 0 ? null : outer.fromSample + Math.min(...ends),
  };
};

/** What an encoder is given that makes some frames of a rendition (see cutOf). */
export interface Cut {
  readonly range: SourceRange;
  /** Of what comes out of the resampler, at its rate: how many samples are thrown away, and how many then go on. */
  readonly skippedSamples: number;
  readonly keptSamples: number | null;
  /** Frames that it makes before those that are wanted. */
  readonly leadFrames: number;
}

export const NO_CUT: Cut = { range: WHOLE_FILE, skippedSamples: 0, keptSamples: null, leadFrames: 0 };

/** How ffmpeg reaches a range: what stands before its input, and the first filters. */
export interface RangeAccess {
  readonly inputArgs: readonly string[];
  readonly filters: readonly string[];
}

/** A decoder that begins in the middle needs some packets until it says what it would have said anyway. */
const SETTLING_SECONDS = 1;

/**
 * Pure. Without a seek the samples are counted from the first one. With one, ffmpeg begins a second early and the
 * timestamps, which are exact in these files, tell the first sample: how many a decoder swallows at its start, which
 * differs from codec to codec, does not matter then.
 */
export function rangeAccess(
  { fromSample, toSample }: SourceRange,
  sampleRateHz: number,
  seeksExactly: boolean,
): RangeAccess {
  const seekTo = fromSample - SETTLING_SECONDS * sampleRateHz;
  if (!seeksExactly || seekTo <= 0) return { inputArgs: [], filters: countedTrim(fromSample, toSample) };
  return {
    // Microseconds tell every sample up to half a megahertz.
    inputArgs: ['-ss', (seekTo / sampleRateHz).toFixed(6)],
    filters: [
      `atrim=start_pts=${fromSample - seekTo}`,
      ...countedTrim(0, toSample === null ? null : toSample - fromSample),
    ],
  };
}

/** Pure: the filter that lets samples through from one number to another, if there is anything to cut. */
export const countedTrim = (from: number, to: number | null): string[] => {
  const limits = [
    ...(from > 0 ? [`start_sample=${from}`] : []),
    ...(to === null ? [] : [`end_sample=${to}`]),
  ];
  return limits.length === 0 ? [] : [`atrim=${limits.join(':')}`];
};
