import { Injectable } from '@nestjs/common';
import { DomainError } from '../common/errors.js';
import { Database } from '../database/database.js';
import { verifyPassword } from './passwords.js';
import { Revocations, sessionHolder } from './revocations.js';
import { SessionMemory } from './session-memory.js';
import { hashToken, newSessionToken } from './session-token.js';
import type { SignedIn } from './signed-in.js';
import type { User } from './user.entity.js';
import { UserRepository } from './user.repository.js';

export const SESSION_DAYS = 90;
const IDLE_DAYS = 30;

@Injectable()
export class SessionService {
  constructor(
    private readonly db: Database,
    private readonly users: UserRepository,
    private readonly revocations: Revocations,
    private readonly memory: SessionMemory,
  ) {}

  /** @throws DomainError WRONG_CREDENTIALS, the same for every reason and after the same work. */
  async signIn(
    username: string,
    password: string,
    userAgent: string,
  ): Promise<{ readonly user: User; readonly token: string }> {
    const user = await this.users.findByName(username);
    const usable = user !== null && user.disabledAt === null ? user : null;
    const right = await verifyPassword(usable?.passwordHash ?? null, password);
    if (!right || usable === null)
      throw new DomainError('WRONG_CREDENTIALS', 'The name or the password is wrong.');
    return { user: usable, token: await this.open(usable.id, userAgent) };
  }

  async open(userId: string, userAgent: string): Promise<string> {
    const token = newSessionToken();
    // By the database's clock, which also ends it: whose process' clock is wrong signs nobody in for ever.
    await this.db.query(
      `INSERT INTO sessions (token_hash, user_id, user_agent, expires_at)
       VALUES ($1, $2, $3, now() + make_interval(days => ${SESSION_DAYS}))`,
      [hashToken(token), userId, userAgent.slice(0, 300)],
    );
    await this.db.query(
      `DELETE FROM sessions WHERE expires_at < now() OR last_seen_at < now() - make_interval(days => ${IDLE_DAYS})`,
    );
    return token;
  }

  /** As `read` finds it; while the database is away, for some minutes as it was found last. */
  find(token: string): Promise<SignedIn | null> {
    const hash = hashToken(token);
    return this.memory.recallWhileAway(hash.toString('hex'), () => this.read(hash));
  }

  /** Null when the token is unknown, expired, idle for too long, or its user is disabled. */
  private async read(hash: Buffer): Promise<SignedIn | null> {
    const row = await this.db.first<Omit<SignedIn, 'holder'> & { readonly stale: boolean }>(
      `SELECT u.id AS "userId", u.username::text AS username, u.role, s.last_seen_at < now() - interval '1 hour' AS stale
         FROM sessions s JOIN users u ON u.id = s.user_id
        WHERE s.token_hash = $1 AND s.expires_at > now() AND u.disabled_at IS NULL
          AND s.last_seen_at > now() - make_interval(days => ${IDLE_DAYS})`,
      [hash],
    );
    if (row === undefined) return null;
    // Once an hour is enough to know that a device is in use; a write a request would be waste.
    if (row.stale)
      await this.db.query('UPDATE sessions SET last_seen_at = now() WHERE token_hash = $1', [hash]);
    const { userId, username, role } = row;
    return { userId, username, role, holder: sessionHolder(userId, hash) };
  }

  async close(token: string): Promise<void> {
    const hash = hashToken(token);
    this.memory.forget(hash.toString('hex'));
    await this.db.transaction(async (tx) => {
      const rows = await this.db.query<{ userId: string }>(
        'DELETE FROM sessions WHERE token_hash = $1 RETURNING user_id AS "userId"',
        [hash],
        tx,
      );
      for (const { userId } of rows) await this.revocations.revoke(sessionHolder(userId, hash), tx);
    });
  }
}
