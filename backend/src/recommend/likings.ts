import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { TASTE_FROM_ARTISTS } from './ladder.js';
import type { Liking } from './training-data.js';
import { ALL_PAIRS, gainsOf } from './weights-sql.js';

/** When a listener first and last had to do with a track, of rows `weighed (user_id, track_id, gain)`. */
const LIKINGS = (weighed: string): string => `
  SELECT weighed.user_id AS "userId", weighed.track_id AS "trackId", weighed.gain,
    least(heard.first_at, liked.at, listed.at)::float8 AS "firstAt",
    greatest(heard.last_at, liked.at, listed.at)::float8 AS "lastAt"
  FROM (${weighed}) AS weighed JOIN tracks ON tracks.id = weighed.track_id
    LEFT JOIN LATERAL (SELECT extract(epoch FROM min(started_at)) * 1000 AS first_at,
        extract(epoch FROM max(started_at)) * 1000 AS last_at FROM plays
      WHERE plays.user_id = weighed.user_id AND plays.track_id = weighed.track_id) AS heard ON true
    LEFT JOIN LATERAL (SELECT extract(epoch FROM liked_at) * 1000 AS at FROM opinions
      WHERE opinions.user_id = weighed.user_id AND opinions.track_id = weighed.track_id) AS liked ON true
    LEFT JOIN LATERAL (SELECT extract(epoch FROM min(playlist_entries.added_at)) * 1000 AS at FROM playlist_entries
      WHERE added_by = weighed.user_id AND playlist_entries.track_id = weighed.track_id) AS listed ON true
  WHERE tracks.available AND weighed.gain > 0
  ORDER BY weighed.user_id, weighed.track_id`;

/** What everybody likes, for a model to learn from. */
@Injectable()
export class Likings {
  constructor(private readonly db: Database) {}

  all(): Promise<Liking[]> {
    return this.db.query<Liking>(LIKINGS('SELECT user_id, track_id, gain FROM listener_weights'));
  }

  /** As it was at a moment, of which nothing later is told. */
  async before(ms: number): Promise<Liking[]> {
    const sql = LIKINGS(gainsOf(ALL_PAIRS, '$1::timestamptz'));
    const rows = await this.db.query<Liking>(sql, [new Date(ms)]);
    return rows.map((row) => ({ ...row, lastAt: Math.min(row.lastAt, ms) }));
  }

  /** How many there are whose taste a model can learn from. */
  async countListeners(): Promise<number> {
    const row = await this.db.first<{ count: number }>(
      `SELECT count(*)::int AS count FROM (
         SELECT user_id FROM listener_weights JOIN track_artists USING (track_id)
          WHERE gain > 0 AND role = 'performer' GROUP BY user_id
         HAVING count(DISTINCT artist_id) >= $1) AS listener`,
      [TASTE_FROM_ARTISTS],
    );
    return row?.count ?? 0;
  }
}
