import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Role } from '../common/access.js';
import { DomainError } from '../common/errors.js';
import { newId } from '../common/id.js';
import { decodeIdCursor, toPage, type Page, type PageQuery } from '../common/page.js';
import { Database } from '../database/database.js';
import { seesAlbum, seesTrack } from '../libraries/sees-library.js';
import { hashToken } from '../users/session-token.js';
import type { NewShareBody, ReceivedShare, ShareDto, SharedKind } from './shares.dto.js';

/** A share that counts: what it is of, and whose eyes it is seen with. */
export interface OpenShare {
  readonly id: string;
  readonly kind: SharedKind;
  readonly itemId: string;
  readonly expiresAt: Date;
  readonly makerId: string;
  readonly makerRole: Role;
}

const COLUMN = { track: 'track_id', album: 'album_id', playlist: 'playlist_id' } as const satisfies Record<
  SharedKind,
  string
>;

const WHAT = `CASE WHEN shares.track_id IS NOT NULL THEN 'track' WHEN shares.album_id IS NOT NULL THEN 'album'
                   ELSE 'playlist' END AS kind`;
const ITEM = `coalesce(shares.track_id, shares.album_id, shares.playlist_id) AS "itemId"`;
const TITLE = `coalesce((SELECT title FROM tracks WHERE id = shares.track_id),
  (SELECT title FROM albums WHERE id = shares.album_id),
  (SELECT title FROM playlists WHERE id = shares.playlist_id), '')`;
/** A share shows what its maker sees, so nobody is told the name of what has been closed to them. */
const SHOWS = `(shares.playlist_id IS NOT NULL OR ${seesTrack('maker', 'shares.track_id')}
  OR ${seesAlbum('maker', 'shares.album_id')})`;
/** By the database's clock; and whoever may hear nothing any more shares nothing any more. */
const COUNTS = `shares.revoked_at IS NULL AND shares.expires_at > now()
  AND maker.disabled_at IS NULL AND maker.role <> 'guest'`;
const FROM = 'shares JOIN users AS maker ON maker.id = shares.created_by';
const OPEN = `SELECT shares.id, ${WHAT}, ${ITEM}, shares.expires_at AS "expiresAt", maker.id AS "makerId",
  maker.role AS "makerRole" FROM ${FROM}`;
/** How long what has ended stays in its maker's list. */
const KEPT_DAYS = 90;
const MOST_SHARES = 10_000;

type Row = Omit<ShareDto, 'createdAt' | 'expiresAt'> & { readonly createdAt: Date; readonly expiresAt: Date };
type ReceivedRow = Omit<ReceivedShare, 'createdAt' | 'expiresAt'> & Pick<Row, 'createdAt' | 'expiresAt'>;

const withTimes = <T extends { readonly createdAt: Date; readonly expiresAt: Date }>(row: T) => ({
  ...row,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
});

const MINE = `SELECT shares.id, ${WHAT}, ${ITEM}, CASE WHEN ${SHOWS} THEN ${TITLE} ELSE '' END AS title,
    shares.note, shares.created_at AS "createdAt", shares.expires_at AS "expiresAt", NOT (${COUNTS}) AS ended,
    (SELECT coalesce(json_agg(users.username ORDER BY users.username), '[]')
       FROM share_people JOIN users ON users.id = user_id WHERE share_id = shares.id) AS people
  FROM ${FROM}`;

@Injectable()
export class ShareRepository {
  constructor(private readonly db: Database) {}

  /** @throws DomainError TOO_MANY_SHARES, USER_NOT_FOUND */
  async add(makerId: string, body: NewShareBody, token: string | null): Promise<ShareDto> {
    const id = newId();
    const people = [...new Set(body.people.map((name) => name.toLowerCase()))];
    return this.db.transaction(async (tx) => {
      await this.db.query('SELECT FROM users WHERE id = $1 FOR UPDATE', [makerId], tx);
      await this.db.query(
        `DELETE FROM shares WHERE created_by = $1 AND least(revoked_at, expires_at) < now() - interval '${KEPT_DAYS} days'`,
        [makerId],
        tx,
      );
      const count = await this.db.first<{ n: number }>(
        'SELECT count(*)::int AS n FROM shares WHERE created_by = $1',
        [makerId],
        tx,
      );
      if ((count?.n ?? 0) >= MOST_SHARES)
        throw new DomainError('TOO_MANY_SHARES', `Nobody needs more than ${MOST_SHARES} shares at once.`);
      await this.db.query(
        `INSERT INTO shares (id, token_hash, ${COLUMN[body.kind]}, note, created_by, expires_at)
         VALUES ($1, $2, $3, $4, $5, now() + make_interval(days => $6))`,
        [id, token === null ? null : hashToken(token), body.id, body.note, makerId, body.expiresInDays],
        tx,
      );
      const named = await this.db.query(
        `INSERT INTO share_people (share_id, user_id)
         SELECT $1, users.id FROM users WHERE username = ANY($2::citext[]) RETURNING user_id`,
        [id, people],
        tx,
      );
      if (named.length < people.length)
        throw new DomainError('USER_NOT_FOUND', 'Somebody who is named does not exist.', { field: 'people' });
      return this.getOwn(makerId, id, tx);
    });
  }

  /** Newest first, those that have ended too; without a title what their maker does not see any more. */
  async list(makerId: string, { limit, cursor }: PageQuery): Promise<Page<ShareDto>> {
    const rows = await this.db.query<Row>(
      `${MINE} WHERE created_by = $1 AND ($2::uuid IS NULL OR shares.id < $2::uuid) ORDER BY shares.id DESC LIMIT $3`,
      [makerId, decodeIdCursor('shares', cursor), limit + 1],
    );
    return toPage(rows, limit, withTimes, ({ id }) => ['shares', id]);
  }

  /** Newest first; what their makers do not see any more is left out. */
  async listFor(userId: string, { limit, cursor }: PageQuery): Promise<Page<ReceivedShare>> {
    const rows = await this.db.query<ReceivedRow>(
      `SELECT shares.id, ${WHAT}, ${TITLE} AS title, maker.username::text AS "from", shares.created_at AS "createdAt",
         shares.expires_at AS "expiresAt" FROM ${FROM} JOIN share_people ON share_id = shares.id
       WHERE user_id = $1 AND ${COUNTS} AND ${SHOWS} AND ($2::uuid IS NULL OR shares.id < $2::uuid)
       ORDER BY shares.id DESC LIMIT $3`,
      [userId, decodeIdCursor('received', cursor), limit + 1],
    );
    return toPage(rows, limit, withTimes, ({ id }) => ['received', id]);
  }

  /** @returns whether it was this person's and had not ended by itself. */
  async revoke(makerId: string, id: string, tx: EntityManager): Promise<boolean> {
    const rows = await this.db.query(
      `UPDATE shares SET revoked_at = coalesce(revoked_at, now()) WHERE id = $1 AND created_by = $2 RETURNING id`,
      [id, makerId],
      tx,
    );
    return rows.length === 1;
  }

  /** @throws DomainError SHARE_NOT_FOUND, the same for every reason */
  getByToken(token: string): Promise<OpenShare> {
    return this.open(`token_hash = $1 AND ${COUNTS}`, [hashToken(token)]);
  }

  /** That names this person. @throws DomainError SHARE_NOT_FOUND */
  getFor(userId: string, id: string): Promise<OpenShare> {
    return this.open(
      `shares.id = $1 AND ${COUNTS} AND EXISTS (SELECT FROM share_people WHERE share_id = shares.id AND user_id = $2)`,
      [id, userId],
    );
  }

  private async open(where: string, params: readonly unknown[]): Promise<OpenShare> {
    const row = await this.db.first<OpenShare>(`${OPEN} WHERE ${where}`, params);
    if (row === undefined) throw shareNotFound();
    return row;
  }

  private async getOwn(makerId: string, id: string, tx: EntityManager): Promise<ShareDto> {
    const row = await this.db.first<Row>(
      `${MINE} WHERE shares.id = $1 AND created_by = $2`,
      [id, makerId],
      tx,
    );
    if (row === undefined) throw shareNotFound();
    return withTimes(row);
  }
}

export const shareNotFound = (): DomainError =>
  new DomainError('SHARE_NOT_FOUND', 'This share has ended, was taken back, or never was.');
