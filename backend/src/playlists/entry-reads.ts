import { Injectable } from '@nestjs/common';
import { playlistSeen } from '../catalog/playlist-sight.js';
import { TrackReads } from '../catalog/track-reads.js';
import { DomainError } from '../common/errors.js';
import { isId } from '../common/id.js';
import { decodeCursor, encodeCursor, toPage, type PageQuery } from '../common/page.js';
import { Database } from '../database/database.js';
import type { Visible } from '../libraries/seen.js';
import type { Entry, EntryPage } from './playlists.dto.js';
import { playlistNotFound } from './playlist-reads.js';
import { MOST_FOUND, type Rules } from '../smart-lists/rules.js';
import { SmartLists, type SmartList } from '../smart-lists/smart-lists.js';

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
    private readonly smart: SmartLists,
  ) {}

  /** @throws DomainError PLAYLIST_NOT_FOUND, INVALID_CURSOR */
  async page(userId: string, playlistId: string, query: PageQuery, visible: Visible): Promise<EntryPage> {
    const playlist = await this.db.first<{ revision: number; ownerId: string; rules: Rules | null }>(
      `SELECT revision, owner_id AS "ownerId", rules FROM playlists WHERE id = $2 AND ${playlistSeen('$1')}`,
      [userId, playlistId],
    );
    if (playlist === undefined) throw playlistNotFound();
    if (playlist.rules !== null)
      return this.found(userId, { ...playlist, id: playlistId, rules: playlist.rules }, query, visible);
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

  /** Of a smart list, counted from its beginning: what it finds is at most some thousands. */
  private async found(
    userId: string,
    { revision, ...list }: SmartList & { readonly revision: number },
    { limit, cursor }: PageQuery,
    visible: Visible,
  ): Promise<EntryPage> {
    const from = cursor === undefined ? 0 : smartPlaceOf(cursor, revision);
    const ids = await this.smart.find(list, { userId, visible }, { from, limit: limit + 1 });
    const tracks = await this.tracks.findByIds(ids.slice(0, limit), visible);
    return {
      items: tracks.map((track) => ({ id: track.id, track, addedBy: null, addedAt: track.addedAt })),
      nextCursor: ids.length > limit ? encodeCursor([SMART_CURSOR, revision, from + limit]) : null,
      revision,
    };
  }
}

const CURSOR = 'entries';
const SMART_CURSOR = 'found';

const invalidCursor = (): DomainError =>
  new DomainError('INVALID_CURSOR', 'The cursor is not one that this list gave out.', { field: 'cursor' });

const smartPlaceOf = (cursor: string, revision: number): number => {
  const [list, of, from] = decodeCursor(cursor, 3);
  if (list !== SMART_CURSOR || of !== revision || typeof from !== 'number') throw invalidCursor();
  if (!Number.isInteger(from) || from < 0 || from > MOST_FOUND) throw invalidCursor();
  return from;
};

const placeOf = (cursor: string | undefined): { readonly position: number; readonly id: string } | null => {
  if (cursor === undefined) return null;
  const [list, position, id] = decodeCursor(cursor, 3);
  if (list !== CURSOR || !Number.isSafeInteger(position) || typeof id !== 'string' || !isId(id))
    throw invalidCursor();
  return { position: Number(position), id };
};
