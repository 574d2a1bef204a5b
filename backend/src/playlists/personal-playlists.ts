import { seesTrack } from '../libraries/sees-library.js';
import type { PersonalPart } from '../users/personal-part.js';

export const PERSONAL_PLAYLISTS: readonly PersonalPart[] = [
  {
    name: 'playlists',
    tells: ['playlists.owner_id'],
    columns: `playlists.id, title, description, visibility, revision, rules, created_at AS "createdAt",
      updated_at AS "updatedAt"`,
    from: 'playlists',
    where: 'owner_id = $1',
    key: 'playlists.id',
  },
  {
    // Of one's own lists, and what one put into those of others. What others put into one's own is told by name only
    // where one can hear it.
    name: 'playlistEntries',
    tells: ['playlist_entries.added_by', 'playlist_entries.*'],
    columns: `playlist_entries.playlist_id AS "playlistId", playlist_entries.position::text AS position,
      playlist_entries.track_id AS "trackId", named.title, named.artist_text AS artists,
      named.musicbrainz_id AS "musicBrainzId", playlist_entries.added_at AS "addedAt",
      playlist_entries.added_by = $1 AS "isAddedByMe"`,
    from: `playlist_entries JOIN playlists ON playlists.id = playlist_entries.playlist_id
      JOIN users AS reader ON reader.id = $1
      LEFT JOIN tracks AS named ON named.id = playlist_entries.track_id
        AND (playlist_entries.added_by = $1 OR ${seesTrack('reader', 'named.id')})`,
    where: '(playlists.owner_id = $1 OR playlist_entries.added_by = $1)',
    key: 'playlist_entries.id',
  },
  {
    // Whose pictures GET /api/artwork/{id} gives; this is what is kept beside them.
    name: 'playlistCovers',
    tells: ['artworks.*'],
    columns: `playlists.id AS "playlistId", artworks.id AS "artworkId", width, height, color, placeholder,
      artworks.created_at AS "createdAt"`,
    from: 'artworks JOIN playlists ON playlists.id = artworks.playlist_id',
    where: 'owner_id = $1',
    key: 'artworks.id',
  },
  {
    name: 'playlistMemberships',
    tells: ['playlist_members.user_id'],
    columns: 'playlist_id AS "playlistId", playlists.title',
    from: 'playlist_members JOIN playlists ON playlists.id = playlist_id',
    where: 'user_id = $1',
    key: 'playlist_id',
  },
];
