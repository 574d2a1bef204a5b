import type { Codec } from '../media/ladder.js';
import { shownSegments } from '../transcode/short-track.js';
import type { ManifestCodec, ManifestTrack } from './manifest-track.js';
import { renditionName } from './media-path.js';

const CODECS: Readonly<Record<Codec, string>> = { aac: 'mp4a.40.2', opus: 'Opus', flac: 'fLaC' };

/** The multivariant playlist of one codec: players that are given several mix them, and some then never end. */
export const hlsMultivariant = (track: ManifestTrack, set: ManifestCodec): string =>
  [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    ...set.rungs.flatMap(({ bitrateKbps, peakKbps, averageKbps }) => [
      `#EXT-X-STREAM-INF:BANDWIDTH=${peakKbps * 1000}${
        averageKbps === null ? '' : `,AVERAGE-BANDWIDTH=${averageKbps * 1000}`
      },CODECS="${CODECS[set.codec]}"`,
      `${track.urlPrefix}hls/${renditionName({ codec: set.codec, bitrateKbps })}.m3u8?${track.query}`,
    ]),
    '',
  ].join('\n');

/** The playlist of one rung; undefined when the codec has none of that bitrate. */
export const hlsPlaylist = (
  track: ManifestTrack,
  set: ManifestCodec,
  bitrateKbps: number,
): string | undefined => {
  const rung = set.rungs.find((each) => each.bitrateKbps === bitrateKbps);
  if (rung === undefined) return undefined;
  const timeline = rung.ownTimeline ?? set.timeline;
  const base = `${track.segmentPrefix}${renditionName({ codec: set.codec, bitrateKbps })}/`;
  const durations = shownSegments(timeline).map((samples) => samples / timeline.sampleRateHz);
  return [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    `#EXT-X-TARGETDURATION:${Math.max(1, ...durations.map(Math.round))}`,
    '#EXT-X-PLAYLIST-TYPE:VOD',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-MAP:URI="${base}init.mp4?${track.query}"`,
    ...durations.flatMap((duration, index) => [
      `#EXTINF:${duration.toFixed(9)},`,
      `${base}${index}.m4s?${track.query}`,
    ]),
    '#EXT-X-ENDLIST',
    '',
  ].join('\n');
};
