import { Injectable } from '@nestjs/common';
import { DomainError } from '../common/errors.js';
import { Database } from '../database/database.js';
import { SqlParams } from '../database/sql-params.js';
import { withinTime } from '../database/time-limit.js';
import { seenBy, type Visible } from '../libraries/seen.js';
import { SORTS } from './rule-fields.js';
import { whereOf } from './rule-sql.js';
import type { Rules } from './rules.js';

/** Somebody waits for it, and the database has more to do than search for what one of them thought up. */
const LONGEST_MS = 10_000;

export interface Found {
  /** Of all that the rules say, up to their limit. */
  readonly count: number;
  readonly durationMs: number;
  /** Without the limit. */
  readonly matching: number;
}

/** What rules find: of the libraries that are given, by somebody's likes, ratings and plays. */
@Injectable()
export class SmartReads {
  constructor(
    private readonly db: Database,
    private readonly longestMs = LONGEST_MS,
  ) {}

  /** A part of what is found, in its order. `seed` decides what "at random" is today. */
  async find(
    userId: string,
    rules: Rules,
    seed: string,
    visible: Visible,
    { from, limit }: { readonly from: number; readonly limit: number },
  ): Promise<string[]> {
    const params = new SqlParams();
    const upTo = Math.min(from + limit, rules.limit);
    const seen = seenBy(visible, params.add);
    const { where, order } = this.source(userId, rules, seed, params);
    // Library by library, as the indexes of tracks are.
    const sql = `SELECT tracks.id FROM ${seen.libraries} CROSS JOIN LATERAL (
        SELECT * FROM tracks WHERE tracks.library_id = library.id AND ${where} ${order} LIMIT ${params.add(upTo)}) AS tracks
      ${order} LIMIT ${params.add(upTo - from)} OFFSET ${params.add(from)}`;
    const rows = await this.bounded<{ id: string }>(sql, params);
    return rows.map(({ id }) => id);
  }

  async count(userId: string, rules: Rules, visible: Visible): Promise<Found> {
    const params = new SqlParams();
    const limit = params.add(rules.limit);
    const seen = seenBy(visible, params.add);
    const { where, order } = this.source(userId, rules, '', params);
    const [row] = await this.bounded<Found>(
      `WITH found AS MATERIALIZED (
         SELECT tracks.duration_ms FROM tracks WHERE ${seen.track} AND ${where} ${order})
       SELECT (SELECT count(*)::int FROM found) AS matching, count(*)::int AS count,
         coalesce(sum(duration_ms), 0)::float8 AS "durationMs" FROM (SELECT * FROM found LIMIT ${limit}) AS first`,
      params,
    );
    return row ?? { count: 0, durationMs: 0, matching: 0 };
  }

  private source(
    userId: string,
    { where, sort, descending }: Rules,
    seed: string,
    params: SqlParams,
  ): { readonly where: string; readonly order: string } {
    const user = params.add(userId);
    const condition = whereOf(where, user, params.add);
    const order = SORTS[sort](user, sort === 'random' ? params.add(seed) : '');
    // Rules that ask nothing of their reader leave that parameter unused otherwise, and so without a type.
    return {
      where: `${user}::uuid IS NOT NULL AND tracks.available AND ${condition}`,
      order: `ORDER BY ${order} ${descending ? 'DESC' : 'ASC'} NULLS LAST, tracks.id`,
    };
  }

  /** @throws DomainError RULES_TOO_SLOW */
  private bounded<Row>(sql: string, params: SqlParams): Promise<Row[]> {
    return withinTime(
      this.db,
      this.longestMs,
      (tx) => this.db.query<Row>(sql, params.values, tx),
      (cause) =>
        new DomainError('RULES_TOO_SLOW', 'These rules take too long at the moment. Narrow them.', {
          cause,
          field: 'rules',
        }),
    );
  }
}
