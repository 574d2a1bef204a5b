import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { searchText, sortKey } from '../catalog/names.js';
import { DomainError } from '../common/errors.js';
import { newId } from '../common/id.js';
import { Database } from '../database/database.js';
import type { Visible } from '../libraries/seen.js';
import { EntryRows } from './entry-rows.js';
import { PlaylistLock, type Change } from './playlist-lock.js';
import { PlaylistReads } from './playlist-reads.js';
import { MOST_PLAYLISTS, type NewPlaylist, type Playlist, type PlaylistChange } from './playlists.dto.js';
import { positionsBetween } from './positions.js';
import { whereOf } from '../smart-lists/rule-sql.js';
import type { Rules } from '../smart-lists/rules.js';

/** Playlists made, described, opened to others and deleted. */
@Injectable()
export class PlaylistsService {
  constructor(
    private readonly db: Database,
    private readonly reads: PlaylistReads,
    private readonly lock: PlaylistLock,
    private readonly rows: EntryRows,
  ) {}

  /** @throws DomainError TRACK_NOT_FOUND, USER_NOT_FOUND, TOO_MANY_PLAYLISTS */
  async make(userId: string, wish: NewPlaylist, visible: Visible): Promise<Playlist> {
    const id = newId();
    if (wish.rules !== undefined) requireRules(wish.rules);
    await this.db.transaction(async (tx) => {
      await this.requireRoom(userId, tx);
      await this.rows.requireTracks(wish.trackIds, visible, tx);
      await this.db.query(
        `INSERT INTO playlists (id, owner_id, title, description, visibility, sort_key, search_text, rules)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [
          id,
          userId,
          wish.title,
          wish.description,
          wish.visibility,
          sortKey(wish.title),
          searchText(wish.title),
          wish.rules === undefined ? null : JSON.stringify(wish.rules),
        ],
        tx,
      );
      await this.name(id, userId, wish.members, tx);
      const positions = positionsBetween(null, null, wish.trackIds.length) ?? [];
      await this.rows.insert(id, wish.trackIds, positions, userId, tx);
    });
    return this.reads.get(userId, id, visible);
  }

  /** @throws DomainError USER_NOT_FOUND, and those of PlaylistLock */
  async change(change: Change, wish: PlaylistChange): Promise<Playlist> {
    const { title, description, visibility, members, rules } = wish;
    if (rules !== undefined) requireRules(rules);
    await this.lock.changing(change, 'own', async ({ id, isSmart }, tx) => {
      if (rules !== undefined && !isSmart)
        throw new DomainError('INVALID_BODY', 'This playlist has entries of its own.', { field: 'rules' });
      await this.db.query(
        `UPDATE playlists SET title = coalesce($2, title), sort_key = coalesce($3, sort_key),
           search_text = coalesce($4, search_text), description = coalesce($5, description),
           visibility = coalesce($6, visibility), rules = coalesce($7, rules) WHERE id = $1`,
        [
          id,
          title ?? null,
          title === undefined ? null : sortKey(title),
          title === undefined ? null : searchText(title),
          description ?? null,
          visibility ?? null,
          rules === undefined ? null : JSON.stringify(rules),
        ],
        tx,
      );
      if (members !== undefined) await this.name(id, change.userId, members, tx);
    });
    return this.reads.get(change.userId, change.playlistId, change.visible);
  }

  /** @throws DomainError PLAYLIST_NOT_FOUND, FORBIDDEN */
  async remove(userId: string, playlistId: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      await this.lock.lock({ userId, playlistId }, 'own', tx);
      await this.db.query('DELETE FROM playlists WHERE id = $1', [playlistId], tx);
    });
  }

  private async requireRoom(userId: string, tx: EntityManager): Promise<void> {
    // Two at once must not both be the last one.
    await this.db.query('SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE', [userId], tx);
    const row = await this.db.first<{ count: number }>(
      'SELECT count(*)::int AS count FROM playlists WHERE owner_id = $1',
      [userId],
      tx,
    );
    if ((row?.count ?? 0) >= MOST_PLAYLISTS)
      throw new DomainError('TOO_MANY_PLAYLISTS', `Nobody keeps more than ${MOST_PLAYLISTS} playlists.`);
  }

  private async name(
    playlistId: string,
    ownerId: string,
    usernames: readonly string[],
    tx: EntityManager,
  ): Promise<void> {
    await this.db.query('DELETE FROM playlist_members WHERE playlist_id = $1', [playlistId], tx);
    const people = await this.db.query<{ id: string; wanted: string }>(
      `SELECT users.id, wanted FROM unnest($1::text[]) AS wanted JOIN users ON users.username = wanted::citext`,
      [usernames],
      tx,
    );
    const found = new Set(people.map(({ wanted }) => wanted));
    if (usernames.some((username) => !found.has(username)))
      throw new DomainError('USER_NOT_FOUND', 'Somebody who is named does not exist.', { field: 'members' });
    const ids = [...new Set(people.map(({ id }) => id))].filter((id) => id !== ownerId);
    await this.db.query(
      'INSERT INTO playlist_members (playlist_id, user_id) SELECT $1, unnest($2::uuid[])',
      [playlistId, ids],
      tx,
    );
  }
}

/** Also those that are only kept must be such that can be looked for. @throws DomainError INVALID_BODY */
const requireRules = ({ where }: Rules): void => {
  whereOf(where, '$1', () => '$2');
};
