import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { SqlParams } from '../database/sql-params.js';
import { seenBy, type Visible } from '../libraries/seen.js';
import { PlaylistTracks } from '../playlists/playlist-tracks.js';
import type { ListedPlaylist, ListedTrack } from './playlist-file.js';

const LISTED = `tracks.title, nullif(tracks.artist_text, '') AS artist, albums.title AS album, files.display_path AS path,
  tracks.duration_ms::float8 AS "durationMs", tracks.musicbrainz_id AS "recordingId"`;

/** Playlists as other players read them: what the asker can hear, with paths that begin below the music folder. */
@Injectable()
export class PlaylistExports {
  constructor(
    private readonly db: Database,
    private readonly lists: PlaylistTracks,
  ) {}

  /** @throws DomainError PLAYLIST_NOT_FOUND, RULES_TOO_SLOW */
  async of(
    userId: string,
    playlistId: string,
    visible: Visible,
  ): Promise<ListedPlaylist & { readonly title: string }> {
    const { title, trackIds } = await this.lists.get(playlistId, { userId, visible });
    const params = new SqlParams();
    // Read again as the asker: between two questions a library may have been closed to them.
    const tracks = await this.db.query<ListedTrack>(
      `SELECT ${LISTED} FROM unnest(${params.add(trackIds)}::uuid[]) WITH ORDINALITY AS wanted (id, at)
       JOIN tracks ON tracks.id = wanted.id JOIN albums ON albums.id = tracks.album_id
       JOIN files ON files.id = tracks.file_id
       WHERE tracks.available AND ${seenBy(visible, params.add).track} ORDER BY wanted.at`,
      params.values,
    );
    return { title, tracks };
  }
}
