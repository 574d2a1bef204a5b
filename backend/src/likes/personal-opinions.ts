import type { PersonalPart } from '../users/personal-part.js';

/** With names and MusicBrainz ids: another house does not know our ids. */
export const PERSONAL_OPINIONS: readonly PersonalPart[] = [
  {
    name: 'opinions',
    tells: ['opinions.user_id'],
    columns: `CASE WHEN track_id IS NOT NULL THEN 'track' WHEN opinions.album_id IS NOT NULL THEN 'album' ELSE 'artist'
        END AS kind, coalesce(track_id, opinions.album_id, opinions.artist_id) AS id,
      coalesce(tracks.title, albums.title, artists.name) AS name,
      coalesce(tracks.artist_text, albums.artist_text) AS artists,
      coalesce(tracks.musicbrainz_id, albums.musicbrainz_id, artists.musicbrainz_id) AS "musicBrainzId",
      liked_at AS "likedAt", rating, followed_at AS "followedAt"`,
    from: `opinions LEFT JOIN tracks ON tracks.id = opinions.track_id
      LEFT JOIN albums ON albums.id = opinions.album_id LEFT JOIN artists ON artists.id = opinions.artist_id`,
    where: 'opinions.user_id = $1',
    key: 'opinions.id',
  },
];
