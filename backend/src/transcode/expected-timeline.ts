import type { Codec } from '../media/ladder.js';
import type { Rendition } from './rendition.js';
import type { TrackSource } from './source.repository.js';
import { measuredTimeline, predictedTimeline, sameSegments, type Timeline } from './timeline.js';

/**
 * What a rendition of a track will be: as predicted, unless one of its codec that is ready is otherwise. The same
 * decoder and filters stand before all of them, so where the prediction failed for one it fails for the others alike.
 */
export const expectedTimeline = (
  codec: Codec,
  source: TrackSource,
  renditions: readonly Rendition[],
): Timeline => {
  const predicted = predictedTimeline(codec, source);
  const otherwise = renditions.find(
    (each) => isReadyOf(each, source, codec) && !sameSegments(each.segmentSamples, predicted.mediaSamples),
  );
  return otherwise === undefined
    ? predicted
    : measuredTimeline(codec, otherwise.sampleRateHz, otherwise.segmentSamples);
};

/** Of the sound that the track has now. */
export const isReadyOf = (rendition: Rendition, source: TrackSource, codec: Codec): boolean =>
  rendition.trackId === source.trackId &&
  rendition.soundVersion === source.soundVersion &&
  rendition.codec === codec &&
  rendition.state === 'ready';
