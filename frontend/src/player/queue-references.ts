import { endSeconds, segmentSamplesOf, type PlacedItem } from './queue-timeline';

/** One segment as plain data: what Shaka needs to fetch it and to lay it exactly where it belongs. */
export interface PlannedSegment {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly initUri: string;
  readonly uri: string;
  readonly timestampOffsetSeconds: number;
  readonly appendWindowStartSeconds: number;
  readonly appendWindowEndSeconds: number;
}

/**
 * Shaka 5.2.12 widens every append window by this on both sides. Taken back here, because the wider window would let
 * an item's priming overwrite the end of the one before, and would play the padding of its own last frame.
 */
export const APPEND_WINDOW_FUDGE_SECONDS = 0.1;

/** Added by Shaka 5.2.12 to every offset below zero, and taken back here: the first item of a queue would come late. */
export const NEGATIVE_OFFSET_FUDGE_SECONDS = 0.001;

/**
 * Buffers tell their ends in whole microseconds, rounded down: what begins at a join has to be found by a time that
 * lies a little before it, or Shaka fetches the end of the item before once more.
 */
export const FOUND_EARLY_SECONDS = 2e-6;

/** An item that lacks a rung is heard at the nearest one that it has. */
export const nearestRung = (rungs: PlacedItem['item']['rungs'], bitrateKbps: number) =>
  [...rungs].sort((a, b) => Math.abs(a.bitrateKbps - bitrateKbps) - Math.abs(b.bitrateKbps - bitrateKbps))[0];

const offsetOf = (seconds: number): number =>
  seconds < 0 ? seconds - NEGATIVE_OFFSET_FUDGE_SECONDS : seconds;

/** The segments of one rung of an item, in order. */
export const plannedSegments = (placed: PlacedItem, bitrateKbps: number): readonly PlannedSegment[] => {
  const { item, startSeconds } = placed;
  const rung = nearestRung(item.rungs, bitrateKbps);
  if (!rung) return [];
  const leadSeconds = item.leadSamples / item.sampleRateHz;
  const at = (sample: number): number => startSeconds + Math.max(0, sample) / item.sampleRateHz;
  const segments = segmentSamplesOf(item);
  let first = -item.primingSamples;
  return segments.map((samples, index): PlannedSegment => {
    const begin = first;
    first += samples;
    return {
      startSeconds: index === 0 ? Math.max(0, startSeconds - FOUND_EARLY_SECONDS) : at(begin),
      endSeconds: index === segments.length - 1 ? endSeconds(placed) : at(first),
      initUri: rung.init,
      uri: rung.segments.replace('$Number$', String(index)),
      // Only the first begins with the packet that resets an Opus decoder.
      timestampOffsetSeconds: index === 0 ? offsetOf(startSeconds - leadSeconds) : startSeconds,
      appendWindowStartSeconds: startSeconds > 0 ? startSeconds + APPEND_WINDOW_FUDGE_SECONDS : 0,
      appendWindowEndSeconds: endSeconds(placed) - APPEND_WINDOW_FUDGE_SECONDS,
    };
  });
};

/** Where the first segment begins that lies wholly behind a place; null behind the last one. */
export const nextSegmentSeconds = (placed: readonly PlacedItem[], behindSeconds: number): number | null => {
  for (const item of placed)
    if (endSeconds(item) > behindSeconds) {
      const begins = plannedSegments(item, 0).map(({ startSeconds }) => startSeconds);
      const next = begins.find((seconds) => seconds >= behindSeconds);
      if (next !== undefined) return next;
    }
  return null;
};
