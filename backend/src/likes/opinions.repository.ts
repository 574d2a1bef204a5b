import { Injectable } from '@nestjs/common';
import { DomainError } from '../common/errors.js';
import { isId, newId } from '../common/id.js';
import { decodeCursor, type CursorKey, type PageQuery } from '../common/page.js';
import { Database } from '../database/database.js';
import type { LikedKind, Opinion, OpinionChange } from './likes.dto.js';

/** The column that names the thing. */
const COLUMN = { track: 'track_id', album: 'album_id', artist: 'artist_id' } as const satisfies Record<
  LikedKind,
  string
>;

/** One of a listener's list: the thing, and since when it stands there. */
export interface Since {
  readonly id: string;
  readonly at: Date;
  readonly cursor: CursorKey;
}

type List = { readonly kind: LikedKind; readonly since: 'liked_at' | 'followed_at' };

interface Row {
  readonly opinionId: string;
  readonly id: string;
  readonly at: Date;
  readonly micros: string;
}

const SELECT = (column: string): string =>
  `SELECT ${column} AS id, liked_at IS NOT NULL AS liked, rating, followed_at IS NOT NULL AS followed FROM opinions`;

@Injectable()
export class OpinionsRepository {
  constructor(private readonly db: Database) {}

  /** What is thought of the thing from now on. A row of which nothing is left is no row. */
  async change(userId: string, kind: LikedKind, id: string, change: OpinionChange): Promise<Opinion> {
    const column = COLUMN[kind];
    return this.db.transaction(async (tx) => {
      // Two devices of one listener, one after the other.
      await this.db.query(
        `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`,
        [`opinion ${userId} ${id}`],
        tx,
      );
      const before = await this.db.first<Opinion>(
        `${SELECT(column)} WHERE user_id = $1 AND ${column} = $2`,
        [userId, id],
        tx,
      );
      const after: Opinion = {
        id,
        liked: change.liked ?? before?.liked ?? false,
        rating: change.rating === undefined ? (before?.rating ?? null) : change.rating,
        followed: change.followed ?? before?.followed ?? false,
      };
      if (!after.liked && after.rating === null && !after.followed)
        await this.db.query(`DELETE FROM opinions WHERE user_id = $1 AND ${column} = $2`, [userId, id], tx);
      else
        await this.db.query(
          `INSERT INTO opinions (id, user_id, ${column}, liked_at, rating, followed_at)
           VALUES ($1, $2, $3, CASE WHEN $4 THEN now() END, $5, CASE WHEN $6 THEN now() END)
           ON CONFLICT (user_id, ${column}) WHERE ${column} IS NOT NULL DO UPDATE SET
             liked_at = CASE WHEN $4 THEN coalesce(opinions.liked_at, now()) END, rating = $5,
             followed_at = CASE WHEN $6 THEN coalesce(opinions.followed_at, now()) END`,
          [newId(), userId, id, after.liked, after.rating, after.followed],
          tx,
        );
      return after;
    });
  }

  look(userId: string, kind: LikedKind, ids: readonly string[]): Promise<Opinion[]> {
    return this.db.query<Opinion>(
      `${SELECT(COLUMN[kind])} WHERE user_id = $1 AND ${COLUMN[kind]} = ANY($2::uuid[])`,
      [userId, ids],
    );
  }

  /** Newest first; one more than the page holds, where there is one. @throws DomainError INVALID_CURSOR */
  async list(userId: string, { kind, since }: List, { limit, cursor }: PageQuery): Promise<Since[]> {
    const column = COLUMN[kind];
    const name = `${kind} ${since}`;
    const place = cursor === undefined ? null : placeOf(name, cursor);
    const rows = await this.db.query<Row>(
      `SELECT id AS "opinionId", ${column} AS id, ${since} AS at,
              (extract(epoch FROM ${since}) * 1000000)::bigint::text AS micros FROM opinions
        WHERE user_id = $1 AND ${column} IS NOT NULL AND ${since} IS NOT NULL AND ($3::bigint IS NULL
          OR (${since}, id) < (timestamptz 'epoch' + $3::bigint * interval '1 microsecond', $4::uuid))
        ORDER BY ${since} DESC, id DESC LIMIT $2`,
      [userId, limit + 1, place?.micros ?? null, place?.id ?? null],
    );
    return rows.map(({ opinionId, id, at, micros }) => ({ id, at, cursor: [name, micros, opinionId] }));
  }
}

const placeOf = (list: string, cursor: string): { readonly micros: string; readonly id: string } => {
  const [name, micros, id] = decodeCursor(cursor, 3);
  if (
    name !== list ||
    typeof micros !== 'string' ||
    !/^\d{1,17}$/.test(micros) ||
    typeof id !== 'string' ||
    !isId(id)
  )
    throw new DomainError('INVALID_CURSOR', 'The cursor is not one that this list gave out.', {
      field: 'cursor',
    });
  return { micros, id };
};
