import { leadFragments, type FrameRun } from '../media/frame-run.js';
import type { Codec } from '../media/ladder.js';
import { totalSamples, type Timeline } from './timeline.js';

/** Up to five minutes a rendition is made in one go: who seeks in it waits for a second or two. */
const MOST_IN_ONE = 75;
/** A longer one is made in chunks of about half a minute, each by itself and in any order. */
export const SEGMENTS_A_CHUNK = 8;

export const chunkCount = ({ mediaSamples }: Pick<Timeline, 'mediaSamples'>): number =>
  mediaSamples.length <= MOST_IN_ONE ? 1 : Math.ceil(mediaSamples.length / SEGMENTS_A_CHUNK);

/** In which chunk a segment of a long rendition lies. */
export const chunkOfSegment = (index: number): number => Math.floor(Math.max(index, 0) / SEGMENTS_A_CHUNK);

/** The same of any rendition: a song's one chunk holds all of it. */
export const chunkHolding = (timeline: Pick<Timeline, 'mediaSamples'>, index: number): number =>
  chunkCount(timeline) === 1 ? 0 : chunkOfSegment(index);

export const firstSegmentOf = (chunk: number): number => chunk * SEGMENTS_A_CHUNK;

/** A part of a rendition that one run of an encoder makes; where it lies follows from the timeline alone. */
export interface Chunk extends Pick<Timeline, 'mediaSamples' | 'sampleRateHz'> {
  readonly number: number;
  readonly isLast: boolean;
  readonly frames: FrameRun;
  readonly samplesBefore: number;
  /** Fragments that its encoder writes before those that belong to it. */
  readonly leadFragments: number;
}

/** @throws RangeError when the rendition has no such chunk */
export const chunkOf = (codec: Codec, timeline: Timeline, number: number): Chunk => {
  const count = chunkCount(timeline);
  if (number >= count) throw new RangeError(`a rendition of ${count} chunks has none of number ${number}`);
  const { mediaSamples, frameSamples, sampleRateHz } = timeline;
  const isLast = number === count - 1;
  const first = firstSegmentOf(number);
  const own = isLast ? mediaSamples.slice(first) : mediaSamples.slice(first, first + SEGMENTS_A_CHUNK);
  const samplesBefore = totalSamples(mediaSamples.slice(0, first));
  // All segments but the last are whole frames.
  const frames = {
    firstFrame: samplesBefore / frameSamples,
    frameCount: isLast ? null : totalSamples(own) / frameSamples,
  };
  return {
    number,
    isLast,
    frames,
    samplesBefore,
    leadFragments: leadFragments(codec, frames),
    mediaSamples: own,
    sampleRateHz,
  };
};
