import { Injectable } from '@nestjs/common';
import { keyset, type SortOrder } from '../catalog/list-order.js';
import { TRACK_COLUMNS, TRACK_JOINS, toTrackSummary, type TrackSummaryRow } from '../catalog/row-shapes.js';
import { DomainError } from '../common/errors.js';
import { toPage, type Page } from '../common/page.js';
import { Database } from '../database/database.js';
import { SqlParams } from '../database/sql-params.js';
import { seenBy, type Visible } from '../libraries/seen.js';
import { PlayRepository } from './play.repository.js';
import type { Outcome } from './play-rules.js';
import type { HistoryEntry, HistoryQuery } from './plays.dto.js';

interface Row extends TrackSummaryRow {
  readonly playId: string;
  readonly startedAt: Date;
  readonly playedMs: number;
  readonly outcome: Outcome;
  readonly source: string | null;
  readonly sourceId: string | null;
  readonly place: readonly string[];
}

const NEWEST_FIRST: SortOrder = { columns: [{ sql: 'plays.started_at', kind: 'time' }], direction: 'DESC' };

/** What somebody heard, event by event, of what they still see. */
@Injectable()
export class History {
  constructor(
    private readonly db: Database,
    private readonly plays: PlayRepository,
  ) {}

  async list(userId: string, query: HistoryQuery, visible: Visible): Promise<Page<HistoryEntry>> {
    const params = new SqlParams();
    const { add } = params;
    const order = keyset(NEWEST_FIRST, 'plays.id', query.cursor, add);
    const outcome = query.outcome === undefined ? '' : `AND plays.outcome = ${add(query.outcome)}`;
    const rows = await this.db.query<Row>(
      `WITH page AS MATERIALIZED (
         SELECT plays.id, plays.track_id, plays.started_at, plays.played_ms, plays.outcome, plays.source, plays.source_id,
           ${order.key} AS place, row_number() OVER (ORDER BY ${order.orderBy}) AS at
         FROM plays JOIN tracks ON tracks.id = plays.track_id
         WHERE plays.user_id = ${add(userId)} AND tracks.available AND ${seenBy(visible, add).track} ${outcome}
           ${order.where} ORDER BY ${order.orderBy} LIMIT ${add(query.limit + 1)})
       SELECT ${TRACK_COLUMNS}, page.id AS "playId", page.started_at AS "startedAt", page.played_ms AS "playedMs",
         page.outcome, page.source, page.source_id AS "sourceId", page.place
       FROM page JOIN tracks ON tracks.id = page.track_id ${TRACK_JOINS} ORDER BY page.at`,
      params.values,
    );
    return toPage(rows, query.limit, toEntry, ({ place, playId }) => order.cursorOf({ place, id: playId }));
  }

  /** For good: the same event reported again stays away. @throws DomainError PLAY_NOT_FOUND */
  remove(userId: string, id: string): Promise<void> {
    return this.forget(userId, 'id = $2', id);
  }

  /** Every event of a track, in the same way. @throws DomainError PLAY_NOT_FOUND */
  removeTrack(userId: string, trackId: string): Promise<void> {
    return this.forget(userId, 'track_id = $2', trackId);
  }

  private async forget(userId: string, which: 'id = $2' | 'track_id = $2', id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      await this.plays.hold(userId, 'deleting', tx);
      const removed = await this.db.query<{ id: string }>(
        `DELETE FROM plays WHERE user_id = $1 AND ${which} RETURNING id`,
        [userId, id],
        tx,
      );
      if (removed.length === 0)
        throw new DomainError('PLAY_NOT_FOUND', 'There is no such entry in the history.');
      await this.db.query(
        'INSERT INTO forgotten_plays (user_id, play_id) SELECT $1, unnest($2::uuid[])',
        [userId, removed.map((play) => play.id)],
        tx,
      );
    });
  }
}

const toEntry = (row: Row): HistoryEntry => ({
  id: row.playId,
  startedAt: row.startedAt.toISOString(),
  playedMs: row.playedMs,
  outcome: row.outcome,
  source: row.source,
  sourceId: row.sourceId,
  track: toTrackSummary(row),
});
