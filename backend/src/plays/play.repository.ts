import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { bulkInsert, bulkRows, type BulkColumn } from '../catalog/bulk-rows.js';
import { Database } from '../database/database.js';
import { SqlParams } from '../database/sql-params.js';
import { seenBy, type Visible } from '../libraries/seen.js';
import type { Clock, Ending, Outcome } from './play-rules.js';

/** An event as it is kept; why each column is there says ../../migrations/src/0039-plays.ts. */
export interface PlayRow {
  readonly id: string;
  readonly userId: string;
  readonly trackId: string;
  readonly startedAt: Date;
  readonly toldStartedAt: Date;
  readonly clock: Clock;
  readonly playedMs: number;
  readonly durationMs: number | null;
  readonly outcome: Outcome;
  readonly source: string | null;
  readonly sourceId: string | null;
  readonly passive: boolean;
  readonly modelVersion: string | null;
  readonly position: number | null;
  readonly endedBy: Ending | null;
}

const COLUMNS: readonly BulkColumn<PlayRow>[] = [
  { name: 'id', type: 'uuid', of: ({ id }) => id },
  { name: 'user_id', type: 'uuid', of: ({ userId }) => userId },
  { name: 'track_id', type: 'uuid', of: ({ trackId }) => trackId },
  { name: 'started_at', type: 'timestamptz', of: ({ startedAt }) => startedAt },
  { name: 'told_started_at', type: 'timestamptz', of: ({ toldStartedAt }) => toldStartedAt },
  { name: 'clock', type: 'text', of: ({ clock }) => clock },
  { name: 'played_ms', type: 'int', of: ({ playedMs }) => playedMs },
  { name: 'duration_ms', type: 'bigint', of: ({ durationMs }) => durationMs },
  { name: 'outcome', type: 'text', of: ({ outcome }) => outcome },
  { name: 'source', type: 'text', of: ({ source }) => source },
  { name: 'source_id', type: 'text', of: ({ sourceId }) => sourceId },
  { name: 'passive', type: 'boolean', of: ({ passive }) => passive },
  { name: 'model_version', type: 'text', of: ({ modelVersion }) => modelVersion },
  { name: 'position', type: 'int', of: ({ position }) => position },
  { name: 'ended_by', type: 'text', of: ({ endedBy }) => endedBy },
];

/** A track that somebody may report, and the database's time. */
export interface ReportedTrack {
  readonly id: string;
  readonly durationMs: number | null;
  readonly now: Date;
}

@Injectable()
export class PlayRepository {
  constructor(private readonly db: Database) {}

  /**
   * Held until the transaction ends: reports of one listener go side by side, and none of them beside a deletion, so
   * that an event which was taken out of the history is not brought back by a duplicate that is under way.
   */
  async hold(userId: string, how: 'reporting' | 'deleting', tx: EntityManager): Promise<void> {
    const lock = how === 'reporting' ? 'pg_advisory_xact_lock_shared' : 'pg_advisory_xact_lock';
    await this.db.query(`SELECT ${lock}(hashtextextended($1, 0))`, [`plays ${userId}`], tx);
  }

  /** Those of the ids that were reported before, also if they have been taken out of the history since. */
  async findKnown(userId: string, ids: readonly string[], tx: EntityManager): Promise<ReadonlySet<string>> {
    const rows = await this.db.query<{ id: string }>(
      `SELECT id FROM plays WHERE user_id = $1 AND id = ANY($2::uuid[])
       UNION ALL SELECT play_id FROM forgotten_plays WHERE user_id = $1 AND play_id = ANY($2::uuid[])`,
      [userId, ids],
      tx,
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Also those whose file is not there at the moment: they were heard. None of them goes before the transaction ends. */
  async findTracks(
    ids: readonly string[],
    visible: Visible,
    tx: EntityManager,
  ): Promise<ReadonlyMap<string, ReportedTrack>> {
    const params = new SqlParams();
    const rows = await this.db.query<ReportedTrack>(
      `SELECT tracks.id, tracks.duration_ms::float8 AS "durationMs", now() AS now FROM tracks
       WHERE tracks.id = ANY(${params.add(ids)}::uuid[]) AND ${seenBy(visible, params.add).track}
       ORDER BY tracks.id FOR KEY SHARE OF tracks`,
      params.values,
      tx,
    );
    return new Map(rows.map((row) => [row.id, row]));
  }

  /** @returns the ids that were not there before; the counters follow by themselves. */
  async add(plays: readonly PlayRow[], tx: EntityManager): Promise<ReadonlySet<string>> {
    const source = bulkRows(plays, COLUMNS);
    // In one order, so that two batches with the same ids wait for each other in one direction only.
    const sql = bulkInsert('plays', source, 'ORDER BY id ON CONFLICT DO NOTHING RETURNING id');
    const rows = await this.db.query<{ id: string }>(sql, source.params, tx);
    return new Set(rows.map(({ id }) => id));
  }
}
