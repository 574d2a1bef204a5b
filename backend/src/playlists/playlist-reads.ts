import { Injectable } from '@nestjs/common';
import { keyset, type SortOrder } from '../catalog/list-order.js';
import { playlistNamed, playlistSeen } from '../catalog/playlist-sight.js';
import { artworkJson } from '../catalog/row-shapes.js';
import { DomainError } from '../common/errors.js';
import { toPage, type Page } from '../common/page.js';
import { Database } from '../database/database.js';
import { SqlParams } from '../database/sql-params.js';
import { seenBy, type Visible } from '../libraries/seen.js';
import { SmartLists, type Reader, type SmartList } from '../smart-lists/smart-lists.js';
import type { Playlist, PlaylistList, PlaylistSummary } from './playlists.dto.js';

type Row = Omit<PlaylistSummary, 'createdAt' | 'updatedAt'> & {
  readonly createdAt: Date;
  readonly updatedAt: Date;
};
type DetailRow = Row & Pick<Playlist, 'members' | 'playableCount' | 'durationMs' | 'rules'>;

const BY_TITLE: SortOrder = { columns: [{ sql: 'playlists.sort_key', kind: 'text' }], direction: 'ASC' };

/** Of so many first entries: more would not make another picture of nearly any list. */
const COVERS_OF = 24;

/** Of the tracks that a query gives with their positions. */
const coversOf = (opening: string, seenTrack: string): string => `
  (SELECT coalesce(json_agg(cover ORDER BY at), '[]') FROM (
     SELECT ${artworkJson('artworks')} AS cover, min(opening.position) AS at FROM (${opening}) AS opening
     JOIN tracks ON tracks.id = opening.track_id AND tracks.available AND ${seenTrack}
     JOIN albums ON albums.id = tracks.album_id
     JOIN artworks ON artworks.id = coalesce(tracks.artwork_id, albums.artwork_id)
     GROUP BY artworks.id ORDER BY at LIMIT 4) AS worn)`;

const columns = (user: string, seenTrack: string): string => `
  playlists.id, playlists.title, playlists.description, playlists.visibility, playlists.revision,
  CASE WHEN playlists.rules IS NULL THEN 'ordered' ELSE 'smart' END AS kind,
  CASE WHEN playlists.rules IS NULL THEN playlists.entry_count END AS "entryCount", playlists.created_at AS "createdAt", playlists.updated_at AS "updatedAt",
  (playlists.owner_id = ${user}::uuid OR ${playlistNamed(user)}) AS "canEdit",
  (SELECT json_build_object('id', users.id, 'username', users.username) FROM users
   WHERE users.id = playlists.owner_id) AS owner,
  (SELECT ${artworkJson('artworks')} FROM artworks WHERE artworks.playlist_id = playlists.id) AS artwork,
  ${coversOf(
    `SELECT track_id, position FROM playlist_entries WHERE playlist_id = playlists.id
     ORDER BY position LIMIT ${COVERS_OF}`,
    seenTrack,
  )} AS covers`;

const detailColumns = (user: string, seenTrack: string): string => `
  CASE WHEN playlists.owner_id = ${user}::uuid OR ${playlistNamed(user)} THEN
    (SELECT coalesce(json_agg(json_build_object('id', users.id, 'username', users.username) ORDER BY users.username), '[]')
     FROM playlist_members JOIN users ON users.id = user_id WHERE playlist_id = playlists.id)
    ELSE '[]' END AS members,
  playlists.rules, heard.count AS "playableCount", heard.duration_ms AS "durationMs"
  FROM playlists, LATERAL (
    SELECT count(*)::int AS count, coalesce(sum(tracks.duration_ms), 0)::float8 AS duration_ms
    FROM playlist_entries JOIN tracks ON tracks.id = track_id
    WHERE playlist_id = playlists.id AND tracks.available AND ${seenTrack}) AS heard`;

const toSummary = (row: Row): PlaylistSummary => ({
  id: row.id,
  title: row.title,
  description: row.description,
  visibility: row.visibility,
  owner: row.owner,
  canEdit: row.canEdit,
  kind: row.kind,
  revision: row.revision,
  entryCount: row.entryCount,
  artwork: row.artwork,
  covers: row.covers,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

export const playlistNotFound = (): DomainError =>
  new DomainError('PLAYLIST_NOT_FOUND', 'There is no such playlist.');

/** Playlists as somebody sees them. */
@Injectable()
export class PlaylistReads {
  constructor(
    private readonly db: Database,
    private readonly smart: SmartLists,
  ) {}

  /** By title. Each kind is walked on an index of its own, and the pages are then one. @throws INVALID_CURSOR */
  async list(userId: string, query: PlaylistList, visible: Visible): Promise<Page<PlaylistSummary>> {
    const params = new SqlParams();
    const user = params.add(userId);
    const seen = seenBy(visible, params.add);
    const order = keyset(BY_TITLE, 'playlists.id', query.cursor, params.add);
    const limit = params.add(query.limit + 1);
    const branch = (from: string): string =>
      `(SELECT playlists.id, playlists.sort_key FROM ${from} ${order.where} ORDER BY ${order.orderBy} LIMIT ${limit})`;
    const own = [
      branch(`playlists WHERE playlists.owner_id = ${user}::uuid`),
      branch(`playlist_members AS own JOIN playlists ON playlists.id = own.playlist_id
        WHERE own.user_id = ${user}::uuid AND playlists.visibility = 'collaborative'`),
    ];
    const shared = branch(
      `playlists WHERE playlists.visibility = 'shared' AND playlists.owner_id <> ${user}::uuid`,
    );
    const branches = { all: [...own, shared], own, shared: [shared] }[query.scope];
    const rows = await this.db.query<Row & { place: string[] }>(
      `WITH page AS MATERIALIZED (
         SELECT id, sort_key FROM (${branches.join(' UNION ALL ')}) AS found ORDER BY sort_key, id LIMIT ${limit})
       SELECT ${columns(user, seen.track)}, ${order.key} AS place FROM page JOIN playlists ON playlists.id = page.id
       ORDER BY ${order.orderBy}`,
      params.values,
    );
    return toPage(rows, query.limit, toSummary, order.cursorOf);
  }

  /** In the order asked for; those that somebody does not see are left out. */
  async findByIds(userId: string, ids: readonly string[], visible: Visible): Promise<PlaylistSummary[]> {
    const params = new SqlParams();
    const user = params.add(userId);
    const seen = seenBy(visible, params.add);
    const rows = await this.db.query<Row>(
      `SELECT ${columns(user, seen.track)} FROM unnest(${params.add(ids)}::uuid[]) WITH ORDINALITY AS wanted (id, at)
       JOIN playlists ON playlists.id = wanted.id WHERE ${playlistSeen(user)} ORDER BY wanted.at`,
      params.values,
    );
    return rows.map(toSummary);
  }

  /** @throws DomainError PLAYLIST_NOT_FOUND */
  async get(userId: string, id: string, visible: Visible): Promise<Playlist> {
    const params = new SqlParams();
    const user = params.add(userId);
    const seen = seenBy(visible, params.add);
    const row = await this.db.first<DetailRow>(
      `SELECT ${columns(user, seen.track)}, ${detailColumns(user, seen.track)}
       WHERE playlists.id = ${params.add(id)} AND ${playlistSeen(user)}`,
      params.values,
    );
    if (row === undefined) throw playlistNotFound();
    const { members, playableCount, durationMs, rules } = row;
    const playlist = { ...toSummary(row), members, rules, playableCount, durationMs };
    if (rules === null) return playlist;
    const list = { id, ownerId: row.owner.id, rules };
    const found = await this.smart.count(list, { userId, visible });
    const covers = await this.coversOf(list, { userId, visible });
    return {
      ...playlist,
      covers,
      entryCount: found.count,
      playableCount: found.count,
      durationMs: found.durationMs,
    };
  }

  /** Of a smart list, one by one: in a page of lists each would have to be found. */
  private async coversOf(list: SmartList, reader: Reader): Promise<PlaylistSummary['covers']> {
    const ids = await this.smart.find(list, reader, { from: 0, limit: COVERS_OF });
    const params = new SqlParams();
    const opening = `SELECT * FROM unnest(${params.add(ids)}::uuid[]) WITH ORDINALITY AS found (track_id, position)`;
    const row = await this.db.first<Pick<PlaylistSummary, 'covers'>>(
      `SELECT ${coversOf(opening, seenBy(reader.visible, params.add).track)} AS covers`,
      params.values,
    );
    return row?.covers ?? [];
  }
}
