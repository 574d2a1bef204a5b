import { Injectable } from '@nestjs/common';
import { bulkInsert, bulkRows } from '../catalog/bulk-rows.js';
import { newId } from '../common/id.js';
import { Database } from '../database/database.js';
import type { Movement } from './movements.js';
import type { Reason } from './reason.js';
import type { ListedTrack } from './weekly-list.js';

const KEPT_WEEKS = 8;

export interface WeeklyHead {
  readonly id: string;
  /** Its Monday. */
  readonly week: string;
  readonly model: string | null;
  readonly path: string;
  readonly madeAt: Date;
}

export interface KeptTrack {
  readonly trackId: string;
  readonly novelty: number;
  readonly movement: Movement;
  readonly propensity: number | null;
  readonly reason: Reason;
}

const HEAD = `SELECT id, to_char(week, 'YYYY-MM-DD') AS week, model_version AS model, path, made_at AS "madeAt" FROM weekly_lists`;

/** The lists of the last weeks, as they were made. */
@Injectable()
export class WeeklyLists {
  constructor(private readonly db: Database) {}

  find(userId: string, week: string): Promise<WeeklyHead | undefined> {
    return this.db.first<WeeklyHead>(`${HEAD} WHERE user_id = $1 AND week = $2::date`, [userId, week]);
  }

  /** Newest first. */
  weeks(userId: string): Promise<WeeklyHead[]> {
    return this.db.query<WeeklyHead>(`${HEAD} WHERE user_id = $1 ORDER BY week DESC LIMIT ${KEPT_WEEKS}`, [
      userId,
    ]);
  }

  tracks(listId: string): Promise<KeptTrack[]> {
    return this.db.query<KeptTrack>(
      `SELECT track_id AS "trackId", novelty, movement, propensity, reason FROM weekly_tracks
       WHERE list_id = $1 ORDER BY position`,
      [listId],
    );
  }

  /** In the place of what was there for that week; what is older than eight weeks goes. */
  async keep(
    userId: string,
    { week, model, path }: Pick<WeeklyHead, 'week' | 'model' | 'path'>,
    tracks: readonly ListedTrack[],
  ): Promise<void> {
    const listId = newId();
    const rows = tracks.map((track, position) => ({ ...track, position }));
    await this.db.transaction(async (tx) => {
      await this.db.query('SELECT FROM users WHERE id = $1 FOR NO KEY UPDATE', [userId], tx);
      await this.db.query(
        `DELETE FROM weekly_lists WHERE user_id = $1 AND (week = $2::date OR week <= $2::date - 7 * ${KEPT_WEEKS})`,
        [userId, week],
        tx,
      );
      await this.db.query(
        'INSERT INTO weekly_lists (id, user_id, week, model_version, path) VALUES ($1, $2, $3, $4, $5)',
        [listId, userId, week, model, path],
        tx,
      );
      if (rows.length === 0) return;
      const source = bulkRows(rows, [
        { name: 'id', type: 'uuid', of: () => newId() },
        { name: 'list_id', type: 'uuid', of: () => listId },
        { name: 'position', type: 'smallint', of: ({ position }) => position },
        { name: 'track_id', type: 'uuid', of: ({ trackId }) => trackId },
        { name: 'novelty', type: 'smallint', of: ({ novelty }) => novelty },
        { name: 'movement', type: 'smallint', of: ({ movement }) => movement },
        { name: 'source', type: 'text', of: (track) => track.source },
        { name: 'score', type: 'real', of: ({ score }) => score },
        { name: 'propensity', type: 'real', of: ({ propensity }) => propensity },
        { name: 'reason', type: 'jsonb', of: ({ reason }) => JSON.stringify(reason) },
      ]);
      await this.db.query(bulkInsert('weekly_tracks', source), source.params, tx);
    });
  }
}
