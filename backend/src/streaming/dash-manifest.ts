import type { Codec } from '../media/ladder.js';
import { shownSamples, shownSegments } from '../transcode/short-track.js';
import type { Timeline } from '../transcode/timeline.js';
import type { ManifestCodec, ManifestTrack } from './manifest-track.js';
import { renditionName } from './media-path.js';

const CODECS: Readonly<Record<Codec, string>> = { aac: 'mp4a.40.2', opus: 'opus', flac: 'flac' };

/** Nine decimals are finer than a sample at any rate. */
const seconds = (value: number): string => `PT${value.toFixed(9)}S`;

const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, (each) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[each] ?? '&quot;');

/** Runs of equal durations become one element with a repeat count. */
const timelineElements = (durations: readonly number[]): string => {
  const runs: { duration: number; count: number }[] = [];
  for (const duration of durations) {
    const last = runs.at(-1);
    if (last?.duration === duration) last.count++;
    else runs.push({ duration, count: 1 });
  }
  return runs
    .map(({ duration, count }, index) => {
      const start = index === 0 ? ' t="0"' : '';
      return `<S${start} d="${duration}"${count > 1 ? ` r="${count - 1}"` : ''}/>`;
    })
    .join('');
};

/**
 * Times are those of the presentation: the edit list in the init part shifts the priming away, so a
 * presentationTimeOffset beside it would shift twice.
 */
const segmentTemplate = (track: ManifestTrack, timeline: Timeline): string => {
  const base = `${track.segmentPrefix}$RepresentationID$/`;
  return [
    `<SegmentTemplate timescale="${timeline.sampleRateHz}" startNumber="0"`,
    ` initialization="${escapeXml(`${base}init.mp4?${track.query}`)}"`,
    ` media="${escapeXml(`${base}$Number$.m4s?${track.query}`)}">`,
    `<SegmentTimeline>${timelineElements(shownSegments(timeline))}</SegmentTimeline></SegmentTemplate>`,
  ].join('');
};

const adaptationSet = (track: ManifestTrack, set: ManifestCodec, id: number): string => {
  const rate = set.timeline.sampleRateHz;
  const representations = set.rungs.map(({ bitrateKbps, peakKbps, ownTimeline }) => {
    const name = renditionName({ codec: set.codec, bitrateKbps });
    return [
      `<Representation id="${name}" bandwidth="${peakKbps * 1000}" audioSamplingRate="${rate}">`,
      '<AudioChannelConfiguration schemeIdUri="urn:mpeg:dash:23003:3:audio_channel_configuration:2011" value="2"/>',
      ownTimeline === null ? '' : segmentTemplate(track, ownTimeline),
      '</Representation>',
    ].join('');
  });
  return [
    `<AdaptationSet id="${id}" contentType="audio" mimeType="audio/mp4" codecs="${CODECS[set.codec]}"`,
    ' segmentAlignment="true" startWithSAP="1">',
    '<Role schemeIdUri="urn:mpeg:dash:role:2011" value="main"/>',
    segmentTemplate(track, set.timeline),
    ...representations,
    '</AdaptationSet>',
  ].join('');
};

const trackSeconds = (track: ManifestTrack): number =>
  Math.max(
    ...track.codecs.flatMap((set) =>
      [set.timeline, ...set.rungs.flatMap((rung) => rung.ownTimeline ?? [])].map(
        ({ samples, sampleRateHz }) => shownSamples(samples, sampleRateHz) / sampleRateHz,
      ),
    ),
  );

/** A static MPD, one Period a track: one track has all its codecs, a queue the one it was asked for. */
export const dashManifest = (tracks: readonly ManifestTrack[]): string => {
  let start = 0;
  const periods = tracks.map((track, index) => {
    const duration = trackSeconds(track);
    const sets = track.codecs.map((set, id) => adaptationSet(track, set, id + 1));
    const period = `<Period id="${index}" start="${seconds(start)}" duration="${seconds(duration)}">${sets.join('')}</Period>`;
    start += duration;
    return period;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    '<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-live:2011" type="static"',
    ` mediaPresentationDuration="${seconds(start)}" minBufferTime="PT4S">`,
    ...periods,
    '</MPD>\n',
  ].join('');
};
