import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../database/database.js';
import { Notifier } from '../database/notifier.js';

/** How long a media address may live; a revocation is kept until every address signed before it has ended. */
export const LONGEST_GRANT_SECONDS = 600;

/** A holder of media addresses: all that a user has, or what one session or key of theirs was given. */
export const credentialHolder = (userId: string, tokenHash: Buffer): string =>
  `${userId}_${tokenHash.toString('hex').slice(0, 16)}`;

/**
 * Addresses that end with either of two: somebody's session, and the share that lets them hear. By a dot: what stands
 * before a colon, also in a query, players take for the scheme of an address.
 */
export const jointHolder = (one: string, other: string): string => `${one}.${other}`;

/** Each name by which addresses of a holder can be refused: of each part of it itself, and the user it belongs to. */
export const namesOfHolder = (holder: string): readonly string[] =>
  holder.split('.').flatMap((part) => [part, part.split('_', 1)[0] ?? part]);

/** Addresses of this holder that end by then are refused. */
export interface Revocation {
  readonly holder: string;
  readonly refusedUntilSeconds: number;
}

/** Written where a right ends; each API process keeps those that still matter in memory. */
@Injectable()
export class Revocations {
  constructor(
    private readonly db: Database,
    private readonly notifier: Notifier,
  ) {}

  async revoke(holder: string, tx?: EntityManager): Promise<void> {
    await this.write([holder], tx);
    await this.notifier.publish('kanade_revoked', { holder }, tx);
  }

  /** Media addresses alone, of people who see less than they did; they stay signed in. */
  async revokeMedia(userIds: readonly string[], tx: EntityManager): Promise<void> {
    if (userIds.length === 0) return;
    await this.write(userIds, tx);
    await this.notifier.publish('kanade_revoked', {}, tx);
  }

  private async write(holders: readonly string[], tx?: EntityManager): Promise<void> {
    await this.db.query(`DELETE FROM media_revocations WHERE refused_until < now()`, [], tx);
    await this.db.query(
      `INSERT INTO media_revocations (holder, refused_until)
       SELECT holder, now() + make_interval(secs => ${LONGEST_GRANT_SECONDS}) FROM unnest($1::text[]) AS holder
       ON CONFLICT (holder) DO UPDATE SET refused_until = excluded.refused_until`,
      [holders],
      tx,
    );
  }

  /** With users who were disabled, however that came about. */
  current(): Promise<readonly Revocation[]> {
    return this.db.query<Revocation>(
      `SELECT holder, ceil(extract(epoch FROM refused_until))::float8 AS "refusedUntilSeconds"
         FROM media_revocations WHERE refused_until > now()
       UNION ALL
       SELECT id::text, ceil(extract(epoch FROM disabled_at))::float8 + ${LONGEST_GRANT_SECONDS}
         FROM users WHERE disabled_at > now() - make_interval(secs => ${LONGEST_GRANT_SECONDS})`,
    );
  }
}
