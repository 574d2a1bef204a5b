import { Injectable } from '@nestjs/common';
import { playlistSeen } from '../catalog/playlist-sight.js';
import { TrackReads } from '../catalog/track-reads.js';
import { DomainError } from '../common/errors.js';
import { isId } from '../common/id.js';
import { decodeCursor, toPage, type PageQuery } from '../common/page.js';
import { Database } from '../database/database.js';
import type { Visible } from '../libraries/seen.js';
import type { Entry, EntryPage } from './playlists.dto.js';
import { playlistNotFound } from './playlist-reads.js';

interface Row {
  readonly id: string;
  readonly position: number;
  readonly trackId: string | null;
  readonly addedBy: Entry['addedBy'];
  readonly addedAt: Date;
}

/** The entries of a playlist, in its order. */
@Injectable()
export class EntryReads {
  constructor(
    private readonly db: Database,
    private readonly tracks: TrackReads,
  ) {}

  /** @throws DomainError PLAYLIST_NOT_FOUND, INVALID_CURSOR */
  async page(userId: string, playlistId: string, query: PageQuery, visible: Visible): Promise<EntryPage> {
    const playlist = await this.db.first<{ revision: number }>(
      `SELECT revision FROM playlists WHERE id = $2 AND ${playlistSeen('$1')}`,
      [userId, playlistId],
    );
    if (playlist === undefined) throw playlistNotFound();
    const place = placeOf(query.cursor);
    // From where the last entry stands now, which is elsewhere once the list was spread anew.
    const rows = await this.db.query<Row>(
      `SELECT entries.id, entries.position::float8 AS position, entries.track_id AS "trackId",
         entries.added_at AS "addedAt", (SELECT json_build_object('id', users.id, 'username', users.username)
           FROM users WHERE users.id = entries.added_by) AS "addedBy"
       FROM playlist_entries AS entries WHERE entries.playlist_id = $1 AND ($3::uuid IS NULL OR entries.position >
         coalesce((SELECT last.position FROM playlist_entries AS last WHERE last.id = $3 AND last.playlist_id = $1), $4))
       ORDER BY entries.position LIMIT $2`,
      [playlistId, query.limit + 1, place?.id ?? null, place?.position ?? null],
    );
    const shown = rows.slice(0, query.limit);
    const tracks = await this.tracks.findByIds(
      [...new Set(shown.flatMap(({ trackId }) => trackId ?? []))],
      visible,
    );
    const byId = new Map(tracks.map((track) => [track.id, track]));
    const toEntry = ({ id, trackId, addedBy, addedAt }: Row): Entry => ({
      id,
      track: byId.get(trackId ?? '') ?? null,
      addedBy,
      addedAt: addedAt.toISOString(),
    });
    const page = toPage(rows, query.limit, toEntry, ({ position, id }) => [CURSOR, position, id]);
    return { items: [...page.items], nextCursor: page.nextCursor, revision: playlist.revision };
  }
}

const CURSOR = 'entries';

const placeOf = (cursor: string | undefined): { readonly position: number; readonly id: string } | null => {
  if (cursor === undefined) return null;
  const [list, position, id] = decodeCursor(cursor, 3);
  if (list !== CURSOR || !Number.isSafeInteger(position) || typeof id !== 'string' || !isId(id))
    throw new DomainError('INVALID_CURSOR', 'The cursor is not one that this list gave out.', {
      field: 'cursor',
    });
  return { position: Number(position), id };
};
