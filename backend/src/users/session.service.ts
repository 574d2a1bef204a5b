import { Injectable } from '@nestjs/common';
import { DomainError } from '../common/errors.js';
import { Database } from '../database/database.js';
import { verifyPassword } from './passwords.js';
import { credentialHolder, Revocations } from './revocations.js';
import { SessionMemory } from './session-memory.js';
import { Session } from './session.entity.js';
import { hashToken, newSessionToken } from './session-token.js';
import { SignInLimits } from './sign-in-limits.js';
import type { User } from './user.entity.js';
import { UserRepository } from './user.repository.js';

export const SESSION_DAYS = 90;
export const IDLE_DAYS = 30;

/** The device that asks, as far as it says what it is. */
export interface Device {
  readonly address: string;
  readonly userAgent: string;
}

@Injectable()
export class SessionService {
  constructor(
    private readonly db: Database,
    private readonly users: UserRepository,
    private readonly limits: SignInLimits,
    private readonly revocations: Revocations,
    private readonly memory: SessionMemory,
  ) {}

  /**
   * @throws DomainError WRONG_CREDENTIALS, the same for every reason and after the same work; TOO_MANY_REQUESTS,
   *   whether there is such an account or not
   */
  async signIn(
    username: string,
    password: string,
    device: Device,
  ): Promise<{ readonly user: User; readonly token: string }> {
    const attempt = await this.limits.begin(username, device.address);
    const user = await this.users.findByName(username);
    const usable = user !== null && user.disabledAt === null ? user : null;
    const right = await verifyPassword(usable?.passwordHash ?? null, password);
    if (!right || usable === null)
      throw new DomainError('WRONG_CREDENTIALS', 'The name or the password is wrong.');
    await attempt.succeeded(usable.id);
    return { user: usable, token: await this.open(usable.id, device) };
  }

  async open(userId: string, { userAgent }: Device): Promise<string> {
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

  /** Sign-out. */
  async close(token: string): Promise<void> {
    const hash = hashToken(token);
    this.memory.forget(hash.toString('hex'));
    await this.end('token_hash = $1', [hash]);
  }

  /** The devices of a user, the last used first. */
  list(userId: string): Promise<Session[]> {
    return this.db.manager.find(Session, { where: { userId }, order: { lastSeenAt: 'DESC', id: 'DESC' } });
  }

  /** @throws DomainError SESSION_NOT_FOUND */
  async revoke(userId: string, id: string): Promise<void> {
    if ((await this.end('user_id = $1 AND id = $2', [userId, id])) === 0)
      throw new DomainError('SESSION_NOT_FOUND', 'There is no such device.');
  }

  /** All devices of a user but the one that asks. */
  async revokeOthers(userId: string, keptId: string): Promise<void> {
    await this.end('user_id = $1 AND id <> $2', [userId, keptId]);
  }

  private end(where: string, params: readonly unknown[]): Promise<number> {
    return this.db.transaction(async (tx) => {
      const rows = await this.db.query<{ userId: string; hash: Buffer }>(
        `DELETE FROM sessions WHERE ${where} RETURNING user_id AS "userId", token_hash AS hash`,
        params,
        tx,
      );
      for (const { userId, hash } of rows) await this.revocations.revoke(credentialHolder(userId, hash), tx);
      return rows.length;
    });
  }
}
