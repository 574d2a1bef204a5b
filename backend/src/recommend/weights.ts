import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../database/database.js';
import { gainsOf } from './weights-sql.js';

const BATCH = 5000;

interface Pair {
  readonly userId: string;
  readonly trackId: string;
}

/** What listeners care for: follows their events, a pair of listener and track at a time. */
@Injectable()
export class Weights {
  constructor(private readonly db: Database) {}

  /** Works off what is noted. @returns how many pairs were summed anew */
  refresh(signal?: AbortSignal): Promise<number> {
    return this.refreshWhile(null, signal);
  }

  /** The same for one listener, who waits for it. */
  async refreshOf(userId: string): Promise<void> {
    await this.refreshWhile(userId);
  }

  /** Has all that a listener did summed anew. */
  async noteListener(userId: string, tx?: EntityManager): Promise<void> {
    await this.db.query(
      `INSERT INTO weight_notes (user_id, track_id)
       SELECT user_id, track_id FROM listener_track_counts WHERE user_id = $1
       UNION SELECT user_id, track_id FROM opinions WHERE user_id = $1 AND track_id IS NOT NULL
       UNION SELECT added_by, track_id FROM playlist_entries WHERE added_by = $1 AND track_id IS NOT NULL`,
      [userId],
      tx,
    );
  }

  private async refreshWhile(userId: string | null, signal?: AbortSignal): Promise<number> {
    let summed = 0;
    for (;;) {
      signal?.throwIfAborted();
      const pairs = await this.db.transaction((tx) => this.refreshSome(userId, tx));
      if (pairs === 0) return summed;
      summed += pairs;
    }
  }

  private async refreshSome(userId: string | null, tx: EntityManager): Promise<number> {
    // Another worker's notes are not waited for: each is in one hand only.
    const noted = await this.db.query<Pair>(
      `WITH taken AS (DELETE FROM weight_notes WHERE id IN (
         SELECT id FROM weight_notes WHERE $1::uuid IS NULL OR user_id = $1 LIMIT ${BATCH} FOR UPDATE SKIP LOCKED) RETURNING user_id, track_id)
       SELECT DISTINCT user_id AS "userId", track_id AS "trackId" FROM taken ORDER BY 1, 2`,
      [userId],
      tx,
    );
    if (noted.length === 0) return 0;
    // Two hands may hold notes of one pair: the later one sums after the other has committed.
    await this.db.query(`SELECT pg_advisory_xact_lock(hashtextextended('weights', 0))`, [], tx);
    await this.sum(noted, tx);
    return noted.length;
  }

  private async sum(pairs: readonly Pair[], tx: EntityManager): Promise<void> {
    const params = [pairs.map(({ userId }) => userId), pairs.map(({ trackId }) => trackId)];
    const named = 'SELECT * FROM unnest($1::uuid[], $2::uuid[]) AS pair (user_id, track_id)';
    await this.db.query(
      `DELETE FROM listener_weights USING (${named}) AS old
       WHERE listener_weights.user_id = old.user_id AND listener_weights.track_id = old.track_id`,
      params,
      tx,
    );
    await this.db.query(
      `INSERT INTO listener_weights (user_id, track_id, gain)
       SELECT sums.user_id, sums.track_id, sums.gain FROM (${gainsOf(named)}) AS sums
         JOIN users ON users.id = sums.user_id JOIN tracks ON tracks.id = sums.track_id
       ORDER BY 1, 2 FOR KEY SHARE OF users, tracks`,
      params,
      tx,
    );
  }
}
