/** How many lists ago a track may come again. */
const LISTS = 8;

/**
 * Pure: SQL, whether a row of `tracks` may be recommended to somebody who has not heard it: never played, not even begun
 * or skipped, neither as another release of the same recording; not liked, not blocked, and in none of the last lists.
 */
export const unheard = (user: string): string => `
  ${unblocked(user)}
  AND NOT EXISTS (SELECT FROM listener_track_counts AS own WHERE own.user_id = ${user} AND own.track_id = tracks.id)
  AND NOT EXISTS (SELECT FROM opinions WHERE opinions.user_id = ${user} AND opinions.track_id = tracks.id
    AND liked_at IS NOT NULL)
  AND ${SAME_RECORDING.map(
    (
      same,
    ) => `NOT EXISTS (SELECT FROM listener_track_counts AS own JOIN tracks AS heard ON heard.id = own.track_id
      WHERE own.user_id = ${user} AND ${same})`,
  ).join(' AND ')}
  AND NOT EXISTS (SELECT FROM weekly_tracks JOIN (
      SELECT id FROM weekly_lists WHERE user_id = ${user} ORDER BY week DESC LIMIT ${LISTS}) AS lately
    ON lately.id = weekly_tracks.list_id WHERE weekly_tracks.track_id = tracks.id)`;

/** Pure: SQL, whether nobody said that they do not want a row of `tracks`. */
export const unblocked = (user: string): string => `
  NOT EXISTS (SELECT FROM taste_blocks AS block WHERE block.user_id = ${user} AND block.track_id = tracks.id)
  AND NOT EXISTS (SELECT FROM taste_blocks AS block JOIN track_artists ON track_artists.artist_id = block.artist_id
    WHERE block.user_id = ${user} AND track_artists.track_id = tracks.id)`;

const SAME_RECORDING = [
  'heard.musicbrainz_id = tracks.musicbrainz_id',
  'heard.isrc = tracks.isrc',
  `heard.sort_key = tracks.sort_key AND heard.artist_sort_key = tracks.artist_sort_key AND heard.artist_sort_key <> ''`,
];

/** SQL: what two releases of one recording share. */
export const RECORDING = `coalesce(tracks.musicbrainz_id::text, tracks.isrc,
  CASE WHEN tracks.artist_sort_key = '' THEN tracks.id::text ELSE tracks.sort_key || ' ' || tracks.artist_sort_key END)`;
