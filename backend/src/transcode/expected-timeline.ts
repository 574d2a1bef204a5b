import type { Codec } from '../media/ladder.js';
import { firstSegmentOf } from './chunks.js';
import type { Rendition } from './rendition.js';
import type { TrackSource } from './source.repository.js';
import { measuredTimeline, predictedTimeline, sameSegments, type Timeline } from './timeline.js';

/**
 * What a rendition of a track will be: as predicted, unless the end of one of its codec that is ready is otherwise.
 * The same decoder and filters stand before all of them, so where the prediction failed for one it fails for the others
 * alike.
 */
export const expectedTimeline = (
  codec: Codec,
  source: TrackSource,
  renditions: readonly Rendition[],
): Timeline => {
  const predicted = predictedTimeline(codec, source);
  const real = renditions
    .filter((each) => isReadyOf(each, source, codec) && each.chunk === each.chunks - 1)
    .map(({ chunk, segmentSamples }) => [
      ...predicted.mediaSamples.slice(0, firstSegmentOf(chunk)),
      ...segmentSamples,
    ]);
  const otherwise = real.find((each) => !sameSegments(each, predicted.mediaSamples));
  return otherwise === undefined ? predicted : measuredTimeline(codec, predicted.sampleRateHz, otherwise);
};

/** Of the sound that the track has now. */
export const isReadyOf = (rendition: Rendition, source: TrackSource, codec: Codec): boolean =>
  rendition.trackId === source.trackId &&
  rendition.soundVersion === source.soundVersion &&
  rendition.codec === codec &&
  rendition.state === 'ready';
