import { Injectable } from '@nestjs/common';
import { playlistSeen } from '../catalog/playlist-sight.js';
import { Database } from '../database/database.js';
import { SqlParams } from '../database/sql-params.js';
import { seenBy, type Visible } from '../libraries/seen.js';
import type { ListedPlaylist, ListedTrack } from './playlist-file.js';
import { playlistNotFound } from '../playlists/playlist-reads.js';
import { MOST_FOUND, type Rules } from '../smart-lists/rules.js';
import { SmartReads } from '../smart-lists/smart-reads.js';

const LISTED = `tracks.title, nullif(tracks.artist_text, '') AS artist, albums.title AS album, files.display_path AS path,
  tracks.duration_ms::float8 AS "durationMs", tracks.musicbrainz_id AS "recordingId"`;
const OF_TRACKS = 'JOIN albums ON albums.id = tracks.album_id JOIN files ON files.id = tracks.file_id';

/** Playlists as other players read them: what the asker can hear, with paths that begin below the music folder. */
@Injectable()
export class PlaylistExports {
  constructor(
    private readonly db: Database,
    private readonly smart: SmartReads,
  ) {}

  /** @throws DomainError PLAYLIST_NOT_FOUND, RULES_TOO_SLOW */
  async of(
    userId: string,
    playlistId: string,
    visible: Visible,
  ): Promise<ListedPlaylist & { readonly title: string }> {
    const playlist = await this.db.first<{ title: string; rules: Rules | null }>(
      `SELECT title, rules FROM playlists WHERE id = $2 AND ${playlistSeen('$1')}`,
      [userId, playlistId],
    );
    if (playlist === undefined) throw playlistNotFound();
    const { title, rules } = playlist;
    const tracks =
      rules === null
        ? await this.entries(playlistId, visible)
        : await this.found(userId, playlistId, rules, visible);
    return { title, tracks };
  }

  private entries(playlistId: string, visible: Visible): Promise<ListedTrack[]> {
    const params = new SqlParams();
    return this.db.query<ListedTrack>(
      `SELECT ${LISTED} FROM playlist_entries AS entries JOIN tracks ON tracks.id = entries.track_id ${OF_TRACKS}
       WHERE entries.playlist_id = ${params.add(playlistId)} AND tracks.available AND ${seenBy(visible, params.add).track}
       ORDER BY entries.position`,
      params.values,
    );
  }

  /** Read again as the asker: between two questions a library may have been closed to them. */
  private async found(
    userId: string,
    playlistId: string,
    rules: Rules,
    visible: Visible,
  ): Promise<ListedTrack[]> {
    const today = new Date().toISOString().slice(0, 10);
    const whole = { from: 0, limit: MOST_FOUND };
    const ids = await this.smart.find(userId, rules, `${playlistId} ${today}`, visible, whole);
    const params = new SqlParams();
    return this.db.query<ListedTrack>(
      `SELECT ${LISTED} FROM unnest(${params.add(ids)}::uuid[]) WITH ORDINALITY AS wanted (id, at)
       JOIN tracks ON tracks.id = wanted.id ${OF_TRACKS}
       WHERE tracks.available AND ${seenBy(visible, params.add).track} ORDER BY wanted.at`,
      params.values,
    );
  }
}
