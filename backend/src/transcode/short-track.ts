import { FRAMING, type Codec } from '../media/ladder.js';
import { sampleRun } from './fragment-runs.js';
import { lastSampleDuration, withLastSampleDuration } from './last-fragment.js';
import { presentationSamples, type Timeline } from './timeline.js';

/**
 * Manifests never tell less: hls.js takes a segment of which less than 4 ms is buffered for a gap, and never ends
 * behind a gap (docs/adr/0014).
 */
const SHORTEST_SECONDS = 0.01;

/** Pure: how long a track is to players of manifests: as long as it is, or the shortest that they can end. */
export const shownSamples = (samples: number, sampleRateHz: number): number =>
  Math.max(samples, Math.ceil(SHORTEST_SECONDS * sampleRateHz));

/** Pure: what manifests say of each segment, in samples. */
export const shownSegments = (timeline: Timeline): readonly number[] => {
  const segments = presentationSamples(timeline);
  return segments.length === 1 ? [shownSamples(timeline.samples, timeline.sampleRateHz)] : segments;
};

export interface OnlySegment {
  readonly codec: Codec;
  readonly sampleRateHz: number;
}

/** Pure: the only segment of a rendition as manifests tell it: its last frame lasts until the shortest time is over. */
export const forManifest = (segment: Buffer, { codec, sampleRateHz }: OnlySegment): Buffer => {
  const heard = sampleRun(segment, 0).totalSamples - FRAMING[codec].primingSamples;
  const more = shownSamples(heard, sampleRateHz) - heard;
  return more === 0 ? segment : withLastSampleDuration(segment, lastSampleDuration(segment) + more);
};
