import type { Seen } from '../libraries/seen.js';
import type { AlbumSummary, ArtistSummary, ArtworkDto, CreditDto, TrackSummary } from './catalog.dto.js';

/** The parts of SQL that several reads share, with the functions that turn their rows into what the API answers. */

export const artworkJson = (
  table: string,
): string => `json_build_object('id', ${table}.id, 'color', ${table}.color,
    'placeholder', ${table}.placeholder, 'width', ${table}.width, 'height', ${table}.height)`;

const ARTWORK = (table: string): string =>
  `CASE WHEN ${table}.id IS NULL THEN NULL ELSE ${artworkJson(table)} END AS artwork`;

export const TRACK_COLUMNS = `
  tracks.id, tracks.title, tracks.duration_ms::float8 AS "durationMs", tracks.track_number AS "trackNumber",
  tracks.disc_number AS "discNumber", tracks.disc_title AS "discTitle", tracks.year, tracks.codec,
  tracks.sample_rate_hz AS "sampleRateHz", tracks.bit_depth AS "bitDepth", tracks.channels,
  tracks.bitrate_kbps AS "bitrateKbps", tracks.lossless, tracks.added_at AS "addedAt",
  tracks.album_id AS "albumId", albums.title AS "albumTitle", files.state AS "fileState", ${ARTWORK('artworks')},
  (SELECT coalesce(json_agg(json_build_object('id', artists.id, 'name', artists.name, 'role', role) ORDER BY position), '[]')
   FROM track_artists JOIN artists ON artists.id = artist_id
   WHERE track_id = tracks.id AND role = 'performer') AS artists`;

export const TRACK_JOINS = `
  JOIN albums ON albums.id = tracks.album_id
  JOIN files ON files.id = tracks.file_id
  LEFT JOIN artworks ON artworks.id = coalesce(tracks.artwork_id, albums.artwork_id)`;

export interface TrackSummaryRow {
  readonly id: string;
  readonly title: string;
  readonly durationMs: number | null;
  readonly trackNumber: number | null;
  readonly discNumber: number | null;
  readonly discTitle: string | null;
  readonly year: number | null;
  readonly codec: string | null;
  readonly sampleRateHz: number | null;
  readonly bitDepth: number | null;
  readonly channels: number | null;
  readonly bitrateKbps: number | null;
  readonly lossless: boolean | null;
  readonly addedAt: Date;
  readonly albumId: string;
  readonly albumTitle: string;
  readonly fileState: string;
  readonly artwork: ArtworkDto | null;
  readonly artists: CreditDto[];
}

export const toTrackSummary = (row: TrackSummaryRow): TrackSummary => ({
  id: row.id,
  title: row.title,
  durationMs: row.durationMs,
  trackNumber: row.trackNumber,
  discNumber: row.discNumber,
  album: { id: row.albumId, title: row.albumTitle },
  artists: row.artists,
  year: row.year,
  artwork: row.artwork,
  master:
    row.codec === null
      ? null
      : {
          codec: row.codec,
          sampleRateHz: row.sampleRateHz,
          bitDepth: row.bitDepth,
          channels: row.channels,
          bitrateKbps: row.bitrateKbps,
          lossless: row.lossless === true,
        },
  state: row.fileState === 'ready' ? 'ready' : 'pending',
  addedAt: row.addedAt.toISOString(),
});

export const albumColumns = (seen: Seen): string => `
  albums.id, albums.title, albums.year, ${seen.albumTracks} AS "trackCount",
  ${seen.albumDuration}::float8 AS "durationMs",
  albums.compilation, albums.release_type AS "releaseType", albums.added_at AS "addedAt", ${ARTWORK('artworks')},
  (SELECT coalesce(json_agg(json_build_object('id', artists.id, 'name', artists.name, 'role', 'albumArtist') ORDER BY position), '[]')
   FROM album_artists JOIN artists ON artists.id = artist_id WHERE album_id = albums.id) AS artists`;

export const ALBUM_JOINS = 'LEFT JOIN artworks ON artworks.id = albums.artwork_id';

export interface AlbumSummaryRow extends Omit<AlbumSummary, 'addedAt'> {
  readonly addedAt: Date;
}

export const toAlbumSummary = (row: AlbumSummaryRow): AlbumSummary => ({
  id: row.id,
  title: row.title,
  artists: row.artists,
  year: row.year,
  artwork: row.artwork,
  trackCount: row.trackCount,
  durationMs: row.durationMs,
  compilation: row.compilation,
  releaseType: row.releaseType,
  addedAt: row.addedAt.toISOString(),
});

/** An artist looks like their newest album that has a picture. */
export const artistColumns = (seen: Seen, trackCount = seen.artistTracks): string => `
  artists.id, artists.name, artists.sort_name AS "sortName", ${seen.artistAlbums} AS "albumCount",
  ${trackCount} AS "trackCount", ${ARTWORK('artworks')}`;

export const artistJoins = (seen: Seen): string => `
  LEFT JOIN LATERAL (
    SELECT artwork_id FROM album_artists JOIN albums ON albums.id = album_id
    WHERE artist_id = artists.id AND track_count > 0 AND artwork_id IS NOT NULL AND ${seen.album}
    ORDER BY year DESC NULLS LAST, albums.id LIMIT 1) AS newest ON true
  LEFT JOIN artworks ON artworks.id = newest.artwork_id`;

export const toArtistSummary = (row: ArtistSummary): ArtistSummary => ({
  id: row.id,
  name: row.name,
  sortName: row.sortName,
  albumCount: row.albumCount,
  trackCount: row.trackCount,
  artwork: row.artwork,
});
