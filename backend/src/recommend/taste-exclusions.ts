import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { playlistSeen } from '../catalog/playlist-sight.js';
import { DomainError } from '../common/errors.js';
import { newId } from '../common/id.js';
import { decodeIdCursor, toPage, type Page, type PageQuery } from '../common/page.js';
import { Database } from '../database/database.js';
import type { Exclusion, NewExclusion } from './taste.dto.js';
import { Weights } from './weights.js';

interface Row {
  readonly id: string;
  readonly playlistId: string | null;
  readonly title: string | null;
  readonly fromAt: Date | null;
  readonly toAt: Date | null;
  readonly excludedAt: Date;
}

const LIST = 'taste exclusions';

/** What somebody heard that says nothing of their taste: a playlist for the children, an evening with guests. */
@Injectable()
export class TasteExclusions {
  constructor(
    private readonly db: Database,
    private readonly weights: Weights,
  ) {}

  /** @throws DomainError PLAYLIST_NOT_FOUND */
  async add(userId: string, wish: NewExclusion): Promise<Exclusion> {
    const [playlistId, from, to] =
      'playlistId' in wish ? [wish.playlistId, null, null] : [null, wish.from, wish.to];
    if (playlistId !== null) await this.requirePlaylist(userId, playlistId);
    await this.changing(userId, (tx) =>
      this.db.query(
        `INSERT INTO taste_exclusions (id, user_id, playlist_id, from_at, to_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING`,
        [newId(), userId, playlistId, from, to],
        tx,
      ),
    );
    const row = await this.db.first<Row>(
      `${SELECT} WHERE user_id = $1 AND playlist_id IS NOT DISTINCT FROM $2
         AND from_at IS NOT DISTINCT FROM $3 AND to_at IS NOT DISTINCT FROM $4 ORDER BY taste_exclusions.id DESC LIMIT 1`,
      [userId, playlistId, from, to],
    );
    if (row === undefined) throw notFound();
    return toExclusion(row);
  }

  async list(userId: string, { limit, cursor }: PageQuery): Promise<Page<Exclusion>> {
    const rows = await this.db.query<Row>(
      `${SELECT} WHERE user_id = $1 AND ($2::uuid IS NULL OR taste_exclusions.id < $2)
       ORDER BY taste_exclusions.id DESC LIMIT $3`,
      [userId, decodeIdCursor(LIST, cursor), limit + 1],
    );
    return toPage(rows, limit, toExclusion, ({ id }) => [LIST, id]);
  }

  /** @throws DomainError EXCLUSION_NOT_FOUND */
  async remove(userId: string, id: string): Promise<void> {
    const gone = await this.changing(userId, (tx) =>
      this.db.query(
        'DELETE FROM taste_exclusions WHERE user_id = $1 AND id = $2 RETURNING id',
        [userId, id],
        tx,
      ),
    );
    if (gone.length === 0) throw notFound();
  }

  /** What they care for is known anew before the answer, so that it is heard in the next radio. */
  private async changing<T>(userId: string, change: (tx: EntityManager) => Promise<T>): Promise<T> {
    const result = await this.db.transaction(async (tx) => {
      const changed = await change(tx);
      await this.weights.noteListener(userId, tx);
      return changed;
    });
    await this.weights.refreshOf(userId);
    return result;
  }

  private async requirePlaylist(userId: string, playlistId: string): Promise<void> {
    const rows = await this.db.query(`SELECT FROM playlists WHERE id = $2 AND ${playlistSeen('$1')}`, [
      userId,
      playlistId,
    ]);
    if (rows.length === 0)
      throw new DomainError('PLAYLIST_NOT_FOUND', 'There is no such playlist.', { field: 'playlistId' });
  }
}

const SELECT = `SELECT taste_exclusions.id, playlist_id AS "playlistId", from_at AS "fromAt", to_at AS "toAt",
    excluded_at AS "excludedAt", (SELECT title FROM playlists WHERE playlists.id = playlist_id
      AND ${playlistSeen('taste_exclusions.user_id')}) AS title FROM taste_exclusions`;

const notFound = (): DomainError => new DomainError('EXCLUSION_NOT_FOUND', 'Nothing is excluded by this id.');

const toExclusion = ({ fromAt, toAt, excludedAt, ...row }: Row): Exclusion => ({
  ...row,
  from: fromAt?.toISOString() ?? null,
  to: toAt?.toISOString() ?? null,
  excludedAt: excludedAt.toISOString(),
});
