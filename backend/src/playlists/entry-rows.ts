import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DomainError } from '../common/errors.js';
import { newId } from '../common/id.js';
import { Database } from '../database/database.js';
import { SqlParams } from '../database/sql-params.js';
import { seenBy, type Visible } from '../libraries/seen.js';
import { GAP, positionsBetween } from './positions.js';

interface Neighbours {
  readonly after: number | null;
  readonly before: number | null;
}

/** The rows of a playlist's entries, inside the transaction of whoever holds the playlist. */
@Injectable()
export class EntryRows {
  constructor(private readonly db: Database) {}

  /** @throws DomainError TRACK_NOT_FOUND: what one cannot hear does not exist */
  async requireTracks(trackIds: readonly string[], visible: Visible, tx?: EntityManager): Promise<void> {
    const wanted = [...new Set(trackIds)];
    const params = new SqlParams();
    const row = await this.db.first<{ count: number }>(
      `SELECT count(*)::int AS count FROM tracks
       WHERE id = ANY(${params.add(wanted)}::uuid[]) AND available AND ${seenBy(visible, params.add).track}`,
      params.values,
      tx,
    );
    if (row?.count !== wanted.length)
      throw new DomainError('TRACK_NOT_FOUND', 'Some of these tracks do not exist.', { field: 'trackIds' });
  }

  /** @throws DomainError ENTRY_NOT_FOUND */
  async requireEntries(playlistId: string, entryIds: readonly string[], tx: EntityManager): Promise<void> {
    const row = await this.db.first<{ count: number }>(
      'SELECT count(*)::int AS count FROM playlist_entries WHERE playlist_id = $1 AND id = ANY($2::uuid[])',
      [playlistId, entryIds],
      tx,
    );
    if (row?.count !== entryIds.length)
      throw new DomainError('ENTRY_NOT_FOUND', 'Some of these entries are not in the playlist.', {
        field: 'entryIds',
      });
  }

  /** Which of these tracks stand in the list already. */
  async findTracks(
    playlistId: string,
    trackIds: readonly string[],
    tx: EntityManager,
  ): Promise<ReadonlySet<string>> {
    const rows = await this.db.query<{ id: string }>(
      `SELECT DISTINCT track_id AS id FROM playlist_entries WHERE playlist_id = $1 AND track_id = ANY($2::uuid[])`,
      [playlistId, trackIds],
      tx,
    );
    return new Set(rows.map(({ id }) => id));
  }

  /**
   * Positions for `count` entries in front of another; those of `moving` are as good as gone.
   * @throws DomainError ENTRY_NOT_FOUND
   */
  async makeRoom(
    playlistId: string,
    count: number,
    before: string | null,
    moving: readonly string[],
    tx: EntityManager,
  ): Promise<readonly number[]> {
    const find = async (): Promise<readonly number[] | null> => {
      const near = await this.neighbours(playlistId, before, moving, tx);
      return positionsBetween(near.after, near.before, count);
    };
    const there = await find();
    if (there !== null) return there;
    await this.spread(playlistId, tx);
    const room = await find();
    if (room === null) throw new Error(`no room for ${count} entries in a playlist that was spread`);
    return room;
  }

  /** The same order, with room for any block between any two. Positions are compared at the end of the statement. */
  async spread(playlistId: string, tx: EntityManager): Promise<void> {
    await this.db.query(
      `UPDATE playlist_entries SET position = spread.position FROM (
         SELECT id, row_number() OVER (ORDER BY position, id) * $2::bigint AS position
         FROM playlist_entries WHERE playlist_id = $1) AS spread
       WHERE playlist_entries.id = spread.id`,
      [playlistId, GAP],
      tx,
    );
  }

  /** @returns the ids of the new entries */
  async insert(
    playlistId: string,
    trackIds: readonly string[],
    positions: readonly number[],
    addedBy: string,
    tx: EntityManager,
  ): Promise<string[]> {
    const ids = trackIds.map(() => newId());
    await this.db.query(
      `INSERT INTO playlist_entries (id, playlist_id, position, track_id, added_by)
       SELECT entry.id, $1, entry.position, entry.track_id, $5
       FROM unnest($2::uuid[], $3::bigint[], $4::uuid[]) AS entry (id, position, track_id)`,
      [playlistId, ids, positions, trackIds, addedBy],
      tx,
    );
    await this.count(playlistId, ids.length, tx);
    return ids;
  }

  /** By difference: a row that got lost must not be forgotten by the next edit. */
  async count(playlistId: string, difference: number, tx: EntityManager): Promise<void> {
    await this.db.query(
      'UPDATE playlists SET entry_count = entry_count + $2 WHERE id = $1',
      [playlistId, difference],
      tx,
    );
  }

  private async neighbours(
    playlistId: string,
    before: string | null,
    moving: readonly string[],
    tx: EntityManager,
  ): Promise<Neighbours> {
    const at =
      before === null
        ? null
        : await this.db.first<{ position: number }>(
            'SELECT position::float8 AS position FROM playlist_entries WHERE playlist_id = $1 AND id = $2',
            [playlistId, before],
            tx,
          );
    if (at === undefined)
      throw new DomainError('ENTRY_NOT_FOUND', 'The entry to stand in front of is not in the playlist.', {
        field: 'before',
      });
    const previous = await this.db.first<{ position: number }>(
      `SELECT position::float8 AS position FROM playlist_entries
       WHERE playlist_id = $1 AND ($2::bigint IS NULL OR position < $2) AND id <> ALL($3::uuid[])
       ORDER BY position DESC LIMIT 1`,
      [playlistId, at?.position ?? null, moving],
      tx,
    );
    return { after: previous?.position ?? null, before: at?.position ?? null };
  }
}
