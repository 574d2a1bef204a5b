import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DomainError } from '../common/errors.js';
import { Database } from '../database/database.js';
import { placeOf } from './client-address.js';

/** Tries that cost nothing but themselves; from then on each doubles the wait. A place may hold a family. */
const FREE_TRIES = { account: 5, place: 20 } as const;
const LONGEST_WAIT_SECONDS = 900;
/** A day without a try, and it never happened; a place where nobody signed in for so long is a stranger's. */
const FORGET_HOURS = 24;
const PLACE_DAYS = 90;

const hashed = (text: string): Buffer => createHash('sha256').update(text).digest();

/** What may be tried: an account from places it does not know, an account from one it does, and a place. */
interface Subject {
  readonly hash: Buffer;
  readonly freeTries: number;
}

/** A try that has begun; whoever was right tells so. */
export interface SignInTry {
  succeeded(userId: string): Promise<void>;
}

/**
 * Guessing gets slower by doubling, for the account and for the place, whether the account exists or not. Every try is
 * counted before its password is looked at, so that a thousand at once are no faster than one after the other. Where
 * the account was signed in before, only what is tried there counts: a stranger cannot keep anybody out of their home.
 */
@Injectable()
export class SignInLimits {
  constructor(private readonly db: Database) {}

  /** @throws DomainError TOO_MANY_REQUESTS with the seconds to wait; nothing was counted then. */
  async begin(username: string, address: string): Promise<SignInTry> {
    const name = username.toLowerCase();
    const place = hashed(placeOf(address));
    const known = await this.isKnown(name, place);
    const account = hashed(known ? `known ${place.toString('hex')} ${name}` : `account ${name}`);
    const subjects = [
      { hash: account, freeTries: FREE_TRIES.account },
      { hash: hashed(`place ${place.toString('hex')}`), freeTries: FREE_TRIES.place },
    ];
    await this.count(subjects);
    return { succeeded: (userId) => this.forgive(userId, place, subjects) };
  }

  private async isKnown(name: string, place: Buffer): Promise<boolean> {
    const row = await this.db.first<{ known: boolean }>(
      `SELECT EXISTS (SELECT FROM sign_in_places JOIN users ON users.id = user_id
         WHERE username = $1 AND address = $2 AND last_at > now() - make_interval(days => ${PLACE_DAYS})) AS known`,
      [name, place],
    );
    return row?.known === true;
  }

  private async count(subjects: readonly Subject[]): Promise<void> {
    // In one order for all, so that two tries never wait for one another.
    const ordered = [...subjects].sort((a, b) => Buffer.compare(a.hash, b.hash));
    await this.db.transaction(async (tx) => {
      for (const { hash, freeTries } of ordered) {
        const counted = await this.db.query(
          `INSERT INTO sign_in_attempts AS known (subject, tries, open_at, last_at)
           VALUES ($1, 1, '-infinity', clock_timestamp())
           ON CONFLICT (subject) DO UPDATE SET last_at = clock_timestamp(),
             tries = CASE WHEN ${IS_STALE} THEN 1 ELSE known.tries + 1 END,
             open_at = CASE WHEN ${IS_STALE} OR known.tries < $2 THEN '-infinity'
               ELSE clock_timestamp() + make_interval(secs =>
                 least(${LONGEST_WAIT_SECONDS}, power(2, least(30, known.tries + 1 - $2)) - 1)) END
           WHERE known.open_at <= clock_timestamp() RETURNING tries`,
          [hash, freeTries],
          tx,
        );
        if (counted.length === 0) throw await this.tooMany(hash, tx);
      }
    });
  }

  private async tooMany(subject: Buffer, tx: EntityManager): Promise<DomainError> {
    const row = await this.db.first<{ seconds: number }>(
      `SELECT ceil(extract(epoch FROM open_at - now()))::int AS seconds FROM sign_in_attempts WHERE subject = $1`,
      [subject],
      tx,
    );
    return new DomainError('TOO_MANY_REQUESTS', 'Too many tries. Please wait before the next one.', {
      retryAfterSeconds: Math.max(1, row?.seconds ?? 1),
    });
  }

  /** Statement by statement: in one transaction two of these could wait for one another. */
  private async forgive(
    userId: string,
    place: Buffer,
    [account, address]: readonly Subject[],
  ): Promise<void> {
    await this.db.query(
      `INSERT INTO sign_in_places (user_id, address) VALUES ($1, $2)
       ON CONFLICT (user_id, address) DO UPDATE SET last_at = now()`,
      [userId, place],
    );
    await this.db.query(
      `DELETE FROM sign_in_attempts WHERE subject = $1 OR last_at < now() - make_interval(hours => ${FORGET_HOURS})`,
      [account?.hash],
    );
    // The others at this place keep what they tried; only this try was none.
    await this.db.query(
      `UPDATE sign_in_attempts SET tries = greatest(0, tries - 1), open_at = '-infinity' WHERE subject = $1`,
      [address?.hash],
    );
  }
}

const IS_STALE = `known.last_at < now() - make_interval(hours => ${FORGET_HOURS})`;
