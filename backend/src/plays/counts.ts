import type { Database } from '../database/database.js';

/**
 * The counters over the events as they would be if they were counted now. Triggers keep them
 * (migration 0039, docs/adr/0018); this is what they are compared with.
 */
const LISTENER_RECOUNT = `
  SELECT user_id, track_id, count(*)::int AS events, count(*) FILTER (WHERE outcome = 'play')::int AS plays,
    count(*) FILTER (WHERE outcome = 'skip')::int AS skips, sum(played_ms)::bigint AS played_ms,
    max(started_at) FILTER (WHERE outcome = 'play') AS last_played_at
  FROM plays GROUP BY user_id, track_id`;

const TRACK_RECOUNT = `
  SELECT track_id, count(*) FILTER (WHERE outcome = 'play') AS plays,
    count(DISTINCT user_id) FILTER (WHERE outcome = 'play')::int AS listeners,
    count(*) FILTER (WHERE outcome = 'skip') AS skips
  FROM plays GROUP BY track_id`;

const LISTENER_COLUMNS = ['events', 'plays', 'skips', 'played_ms', 'last_played_at'];
const TRACK_COLUMNS = ['plays', 'listeners', 'skips'];

const tuple = (table: string, columns: readonly string[]): string =>
  `(${columns.map((column) => `${table}.${column}`).join(', ')})`;

/** A listener and a track whose counters are not the sum of their events. */
export interface WrongCount {
  readonly userId: string | null;
  readonly trackId: string;
}

/** In one look, so that events which arrive meanwhile are in both or in neither. */
export const findWrongCounts = (db: Database): Promise<WrongCount[]> =>
  db.query<WrongCount>(
    `SELECT user_id AS "userId", track_id AS "trackId"
       FROM listener_track_counts AS kept FULL JOIN (${LISTENER_RECOUNT}) AS counted USING (user_id, track_id)
      WHERE ${tuple('kept', LISTENER_COLUMNS)} IS DISTINCT FROM ${tuple('counted', LISTENER_COLUMNS)}
     UNION ALL
     SELECT NULL, track_id FROM track_counts AS kept FULL JOIN (${TRACK_RECOUNT}) AS counted USING (track_id)
      WHERE (coalesce(kept.plays, 0), coalesce(kept.listeners, 0), coalesce(kept.skips, 0)) IS DISTINCT FROM
            (coalesce(counted.plays, 0), coalesce(counted.listeners, 0), coalesce(counted.skips, 0))
     ORDER BY 2, 1`,
  );

/** Counts a track anew, for each of its listeners and for all. */
export const recountTrack = (db: Database, trackId: string): Promise<void> =>
  db.transaction(async (tx) => {
    // Nobody adds or removes an event meanwhile.
    await db.query('LOCK TABLE plays IN SHARE ROW EXCLUSIVE MODE', [], tx);
    await db.query('DELETE FROM listener_track_counts WHERE track_id = $1', [trackId], tx);
    await db.query(
      `INSERT INTO listener_track_counts (user_id, track_id, ${LISTENER_COLUMNS.join(', ')})
       SELECT user_id, track_id, ${LISTENER_COLUMNS.join(', ')} FROM (${LISTENER_RECOUNT}) AS counted WHERE track_id = $1`,
      [trackId],
      tx,
    );
    await db.query('DELETE FROM track_counts WHERE track_id = $1', [trackId], tx);
    await db.query(
      `INSERT INTO track_counts (track_id, ${TRACK_COLUMNS.join(', ')})
       SELECT track_id, ${TRACK_COLUMNS.join(', ')} FROM (${TRACK_RECOUNT}) AS counted WHERE track_id = $1`,
      [trackId],
      tx,
    );
  });
