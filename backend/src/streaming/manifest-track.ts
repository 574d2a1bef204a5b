import { rungsOf } from '../transcode/rendition.js';
import type { Rendition } from '../transcode/rendition.js';
import type { TrackSource } from '../transcode/source.repository.js';
import { expectedTimeline, isReadyOf } from '../transcode/expected-timeline.js';
import { measuredTimeline, predictedTimeline, sameSegments, type Timeline } from '../transcode/timeline.js';
import type { Codec } from '../media/ladder.js';
import { segmentPrefix, trackPrefix } from './media-path.js';

/** One rung as a manifest speaks of it. */
export interface ManifestRung {
  readonly bitrateKbps: number;
  /** Measured where the rendition is ready, before that the codec's bound: no segment needs more. */
  readonly peakKbps: number;
  /** Null until it is measured. */
  readonly averageKbps: number | null;
  /** Its own timeline, where it is not the one that the others share. */
  readonly ownTimeline: Timeline | null;
}

/** One codec of one track: its rungs share a timeline, which is what lets a player switch between them. */
export interface ManifestCodec {
  readonly codec: Codec;
  readonly timeline: Timeline;
  readonly rungs: readonly ManifestRung[];
}

/** One track as manifests speak of it; its URLs are one of the prefixes + name + `?` + `query`. */
export interface ManifestTrack {
  readonly trackId: string;
  /** Of playlists. */
  readonly urlPrefix: string;
  /** Of segments. */
  readonly segmentPrefix: string;
  readonly query: string;
  readonly codecs: readonly ManifestCodec[];
}

/** Box headers of the shortest segments, in kbit/s. */
const CONTAINER_KBPS = 4;

/**
 * What no segment of a rung exceeds. AAC's rate control keeps to its rate over 4 s within a tenth; Opus is variable
 * and was seen a quarter above; FLAC cannot be larger than the samples themselves.
 */
export const peakBoundKbps = (codec: Codec, bitrateKbps: number, source: TrackSource): number => {
  switch (codec) {
    case 'aac':
      return Math.ceil(bitrateKbps * 1.15) + CONTAINER_KBPS;
    case 'opus':
      return Math.ceil(bitrateKbps * 1.35) + CONTAINER_KBPS;
    case 'flac': {
      const bits = (source.bitDepth ?? 16) > 16 ? 24 : 16;
      const { sampleRateHz } = predictedTimeline(codec, source);
      return Math.ceil((sampleRateHz * bits * 2) / 1000) + CONTAINER_KBPS;
    }
  }
};

/** The rungs of one codec, whatever of them is encoded already. */
export const manifestCodec = (
  codec: Codec,
  source: TrackSource,
  renditions: readonly Rendition[],
): ManifestCodec => {
  const timeline = expectedTimeline(codec, source, renditions);
  const rungs = rungsOf(codec).map(({ bitrateKbps }): ManifestRung => {
    const bound = peakBoundKbps(codec, bitrateKbps, source);
    const ready = renditions
      .filter((each) => isReadyOf(each, source, codec) && each.bitrateKbps === bitrateKbps)
      .sort((a, b) => a.chunk - b.chunk);
    if (ready.length === 0 || ready.length !== ready[0]?.chunks)
      return { bitrateKbps, peakKbps: bound, averageKbps: null, ownTimeline: null };
    const segmentSamples = ready.flatMap((each) => each.segmentSamples);
    const own = measuredTimeline(codec, timeline.sampleRateHz, segmentSamples);
    const bits = ready.reduce((sum, each) => sum + 8 * (each.sizeBytes ?? 0), 0);
    return {
      bitrateKbps,
      peakKbps: Math.max(...ready.map((each) => each.peakKbps ?? bound)),
      averageKbps: bits === 0 ? null : Math.ceil(bits / 1000 / Math.max(own.samples / own.sampleRateHz, 1)),
      ownTimeline: sameSegments(segmentSamples, timeline.mediaSamples) ? null : own,
    };
  });
  return { codec, timeline, rungs };
};

/** A player asks for FLAC of a lossy source by name; nothing offers it by itself. */
export const offeredCodecs = (lossless: boolean): readonly Codec[] =>
  lossless ? ['opus', 'aac', 'flac'] : ['opus', 'aac'];

export const manifestTrack = (
  source: TrackSource,
  codecs: readonly Codec[],
  renditions: readonly Rendition[],
  query: string,
): ManifestTrack => ({
  trackId: source.trackId,
  urlPrefix: trackPrefix(source.trackId),
  segmentPrefix: segmentPrefix(source),
  query,
  codecs: codecs.map((codec) => manifestCodec(codec, source, renditions)),
});
