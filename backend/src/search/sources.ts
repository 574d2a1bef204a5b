import { EVERYBODY, type SearchKind } from './kinds.js';

/** A thing as the catalogue has it, for the index. */
export interface SourceRow {
  readonly id: string;
  readonly name: string;
  /** Folded when it was stored: see catalog/names.ts. */
  readonly text: string;
  /** Parts those that are equally popular. */
  readonly place: string;
  /** Where it lies, in the order of their ids. */
  readonly libraries: readonly string[];
  readonly popularity: number;
}

/** Enough to tell names apart, and short enough for a cursor. */
const place = (table: string): string => `left(${table}.sort_key, 64) AS place`;

/** Of all tracks that can be heard: how often they were played, and before that how many there are. */
const HEARD = `array_agg(DISTINCT files.library_id ORDER BY files.library_id) AS libraries,
  coalesce(sum(track_counts.plays), 0)::float8 + count(*) * 1e-6 AS popularity
  FROM tracks JOIN files ON files.id = tracks.file_id LEFT JOIN track_counts ON track_counts.track_id = tracks.id
  WHERE tracks.available AND`;

/**
 * SQL: everything of a kind that somebody could find, narrowed by a condition. The conditions of being listed are those
 * of catalog's reads; lists that only some may read are personal.
 */
export const SOURCES: Record<SearchKind, (condition: string) => string> = {
  track: (condition) => `
    SELECT tracks.id, tracks.title AS name, tracks.search_text AS text, ${place('tracks')},
      ARRAY[files.library_id] AS libraries, coalesce(track_counts.plays, 0)::float8 AS popularity
    FROM tracks JOIN files ON files.id = tracks.file_id LEFT JOIN track_counts ON track_counts.track_id = tracks.id
    WHERE tracks.available AND ${condition}`,
  album: (condition) => `
    SELECT albums.id, albums.title AS name, albums.search_text AS text, ${place('albums')}, heard.*
    FROM albums, LATERAL (SELECT ${HEARD} tracks.album_id = albums.id) AS heard
    WHERE albums.track_count > 0 AND heard.libraries IS NOT NULL AND ${condition}`,
  artist: (condition) => `
    SELECT artists.id, artists.name, artists.search_text AS text, ${place('artists')}, heard.*
    FROM artists, LATERAL (SELECT ${HEARD} tracks.id IN (
      SELECT track_id FROM track_artists WHERE artist_id = artists.id AND role = 'performer' UNION ALL
      SELECT own.id FROM album_artists JOIN tracks AS own USING (album_id) WHERE artist_id = artists.id)) AS heard
    WHERE artists.track_count + artists.album_count > 0 AND heard.libraries IS NOT NULL AND ${condition}`,
  playlist: (condition) => `
    SELECT playlists.id, playlists.title AS name, playlists.search_text AS text, ${place('playlists')},
      ARRAY['${EVERYBODY}'::uuid] AS libraries, playlists.entry_count::float8 AS popularity
    FROM playlists WHERE playlists.visibility = 'shared' AND ${condition}`,
};

/** A playlist that not everybody sees, once for each who does: the rule of catalog/playlist-sight.ts. */
export const PERSONAL = `
  SELECT playlists.id, readers.id AS "readerId", playlists.title AS name, playlists.search_text AS text,
    ${place('playlists')}, playlists.entry_count::float8 AS popularity
  FROM playlists, LATERAL (SELECT playlists.owner_id AS id UNION
    SELECT user_id FROM playlist_members
    WHERE playlist_id = playlists.id AND playlists.visibility = 'collaborative') AS readers
  WHERE playlists.visibility <> 'shared' AND playlists.id = ANY ($1::uuid[])`;

export const TABLES: Record<SearchKind, string> = {
  track: 'tracks',
  album: 'albums',
  artist: 'artists',
  playlist: 'playlists',
};
