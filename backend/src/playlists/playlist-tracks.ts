import { Injectable } from '@nestjs/common';
import { playlistSeen } from '../catalog/playlist-sight.js';
import { Database } from '../database/database.js';
import { SqlParams } from '../database/sql-params.js';
import { seenBy } from '../libraries/seen.js';
import { MOST_FOUND, type Rules } from '../smart-lists/rules.js';
import { SmartLists, type Reader } from '../smart-lists/smart-lists.js';
import { playlistNotFound } from './playlist-reads.js';

export interface WholePlaylist {
  readonly title: string;
  readonly ownerId: string;
  /** What the reader can hear of it at the moment, in its order, and as often as it stands there. */
  readonly trackIds: readonly string[];
}

/** All of a playlist, be it ordered or found by rules: for files, downloads and shares. */
@Injectable()
export class PlaylistTracks {
  constructor(
    private readonly db: Database,
    private readonly smart: SmartLists,
  ) {}

  /** @throws DomainError PLAYLIST_NOT_FOUND, RULES_TOO_SLOW */
  async get(id: string, reader: Reader): Promise<WholePlaylist> {
    const list = await this.db.first<{ title: string; ownerId: string; rules: Rules | null }>(
      `SELECT title, owner_id AS "ownerId", rules FROM playlists WHERE id = $2 AND ${playlistSeen('$1')}`,
      [reader.userId, id],
    );
    if (list === undefined) throw playlistNotFound();
    const { title, ownerId, rules } = list;
    const trackIds =
      rules === null
        ? await this.entries(id, reader)
        : await this.smart.find({ id, ownerId, rules }, reader, { from: 0, limit: MOST_FOUND });
    return { title, ownerId, trackIds };
  }

  private async entries(id: string, { visible }: Reader): Promise<string[]> {
    const params = new SqlParams();
    const rows = await this.db.query<{ id: string }>(
      `SELECT tracks.id FROM playlist_entries JOIN tracks ON tracks.id = track_id
       WHERE playlist_id = ${params.add(id)} AND tracks.available AND ${seenBy(visible, params.add).track}
       ORDER BY position`,
      params.values,
    );
    return rows.map((row) => row.id);
  }
}
