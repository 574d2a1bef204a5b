import type { TrackSource } from '../transcode/source.repository.js';
import { leadSamples } from '../transcode/full-fragment.js';
import { gainDb } from './gain.js';
import { renditionName } from './media-path.js';
import type { ManifestTrack } from './manifest-track.js';
import type { QueueGrantDto } from './playback.dto.js';

type QueueItem = QueueGrantDto['items'][number];

/**
 * The items of a gapless queue: what a client needs to compute every segment's place on one timeline. Times in
 * milliseconds are for people; `samples` over `sampleRateHz` is the exact length.
 */
export const queueItems = (
  tracks: readonly { readonly manifest: ManifestTrack; readonly source: TrackSource }[],
  albumGains: ReadonlyMap<string, number> = new Map(),
): QueueItem[] => {
  let startSeconds = 0;
  return tracks.flatMap(({ manifest, source }) =>
    manifest.codecs.map((set): QueueItem => {
      const { sampleRateHz, samples, primingSamples, frameSamples, mediaSamples } = set.timeline;
      const isRegular = mediaSamples.slice(0, -1).every((each) => each === mediaSamples[0]);
      const startMs = Math.round(startSeconds * 1000);
      startSeconds += samples / sampleRateHz;
      return {
        trackId: source.trackId,
        startMs,
        durationMs: Math.round((samples * 1000) / sampleRateHz),
        sampleRateHz,
        samples,
        primingSamples,
        frameSamples,
        leadSamples: leadSamples(set.codec),
        segmentCount: mediaSamples.length,
        samplesPerSegment: mediaSamples[0] ?? 0,
        segmentSamples: isRegular ? null : [...mediaSamples],
        gainDb: gainDb(source.integratedLufs, source.truePeakDbtp),
        albumGainDb: albumGains.get(source.trackId) ?? null,
        rungs: set.rungs.map(({ bitrateKbps }) => {
          const base = `${manifest.segmentPrefix}${renditionName({ codec: set.codec, bitrateKbps })}/`;
          return {
            bitrateKbps,
            init: `${base}init.mp4?${manifest.query}`,
            segments: `${base}full/$Number$.m4s?${manifest.query}`,
          };
        }),
      };
    }),
  );
};
