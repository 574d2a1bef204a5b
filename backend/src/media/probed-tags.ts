import { parseCueTag } from './cue-sheet.js';
import type { Probe } from './probe.js';
import { finite, positive, tidy, tidyDate, uuid } from './tag-values.js';
import { type FileTags, NO_TAGS } from './track-tags.js';

/** Pure: ffprobe's flat tags (one value a key) as ours. */
export function probedTags(found: Probe): FileTags {
  const text = (...keys: readonly string[]): string | null =>
    keys.map((key) => tidy(found.tags[key])).find((value) => value !== null) ?? null;
  const list = (...keys: readonly string[]): string[] => {
    const value = text(...keys);
    // ffmpeg joins repeated Vorbis comments by a semicolon.
    return value === null ? [] : value.split(';').flatMap((part) => tidy(part) ?? []);
  };
  const pair = (key: string, totals: string): [number | null, number | null] => {
    const [number, total] = (found.tags[key] ?? '')
      .split('/')
      .map((part) => positive(Number.parseInt(part, 10)));
    return [number ?? null, total ?? positive(Number.parseInt(found.tags[totals] ?? '', 10))];
  };
  const decibels = (key: string): number | null => finite(Number.parseFloat(found.tags[key] ?? ''));
  const [trackNumber, trackTotal] = pair('track', 'tracktotal');
  const [discNumber, discTotal] = pair('disc', 'disctotal');
  const date = tidyDate(found.tags['date']) ?? tidyDate(found.tags['year']);
  const composers = list('composer');
  return {
    tags: {
      ...NO_TAGS,
      title: text('title'),
      artists: list('artist'),
      artistText: text('artist'),
      albumArtists: list('album_artist', 'albumartist'),
      albumArtistText: text('album_artist', 'albumartist'),
      album: text('album'),
      trackNumber,
      trackTotal,
      discNumber,
      discTotal,
      genres: list('genre'),
      credits: composers.length > 0 ? { composer: composers } : {},
      date,
      year: date === null ? null : Number(date.slice(0, 4)),
      compilation: found.tags['compilation'] === '1',
      label: text('label', 'publisher'),
      isrc: text('isrc', 'tsrc'),
      musicBrainz: { ...NO_TAGS.musicBrainz, release: uuid(found.tags['musicbrainz_albumid']) },
      replayGain: { trackDb: decibels('replaygain_track_gain'), albumDb: decibels('replaygain_album_gain') },
      comment: text('comment'),
    },
    format: {
      container: found.container,
      codec: found.codec,
      lossless: found.lossless,
      sampleRateHz: found.sampleRateHz,
      bitDepth: found.bitDepth,
      channels: found.channels,
      bitrateKbps: found.bitrateKbps,
      durationMs: null,
    },
    pictures: [],
    cueSheet: parseCueTag(found.tags['cuesheet'] ?? ''),
  };
}
