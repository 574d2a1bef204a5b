import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Database } from '../database/database.js';
import { KEY_PREFIX } from './api-keys.js';
import { credentialHolder } from './revocations.js';
import { SessionMemory } from './session-memory.js';
import { IDLE_DAYS } from './session.service.js';
import { SessionCookies } from './session-cookies.js';
import { hashToken } from './session-token.js';
import type { SignedIn } from './signed-in.js';

type CredentialRow = Omit<SignedIn, 'holder'> & { readonly isStale: boolean };

const USER = `u.id AS "userId", u.username::text AS username, u.role`;

/** Once an hour is enough to know that a device is in use; a write a request would be waste. */
const isStale = (column: string): string =>
  `coalesce(${column} < now() - interval '1 hour', true) AS "isStale"`;

const SESSION = `SELECT ${USER}, s.id AS "credentialId", NULL AS scopes, ${isStale('s.last_seen_at')}
  FROM sessions s JOIN users u ON u.id = s.user_id
  WHERE s.token_hash = $1 AND s.expires_at > now() AND u.disabled_at IS NULL
    AND s.last_seen_at > now() - make_interval(days => ${IDLE_DAYS})`;
const KEY = `SELECT ${USER}, k.id AS "credentialId", k.scopes, ${isStale('k.last_used_at')}
  FROM api_keys k JOIN users u ON u.id = k.user_id
  WHERE k.token_hash = $1 AND coalesce(k.expires_at > now(), true) AND u.disabled_at IS NULL`;

const USED = {
  session: 'UPDATE sessions SET last_seen_at = now() WHERE token_hash = $1',
  key: 'UPDATE api_keys SET last_used_at = now() WHERE token_hash = $1',
} as const;

/** Pure: the key that a program sends; null when the header says something else. */
export const bearerKey = (header: string | undefined): string | null => {
  const token = /^Bearer +(\S+)$/i.exec(header ?? '')?.[1];
  return token?.startsWith(KEY_PREFIX) === true ? token : null;
};

/** Whose a request is: a browser's by its cookie, a program's by its key. */
@Injectable()
export class Credentials {
  constructor(
    private readonly db: Database,
    private readonly memory: SessionMemory,
    private readonly cookies: SessionCookies,
  ) {}

  /** Null for nobody. A request that brings a key is the key's, whatever cookie came along. */
  async of(request: FastifyRequest): Promise<SignedIn | null> {
    const { authorization } = request.headers;
    if (authorization !== undefined) {
      const key = bearerKey(authorization);
      return key === null ? null : this.find('key', key);
    }
    const token = this.cookies.read(request);
    return token === undefined ? null : this.find('session', token);
  }

  /** As the database finds it; while that is away, for some minutes as it was found last. */
  find(kind: 'session' | 'key', token: string): Promise<SignedIn | null> {
    const hash = hashToken(token);
    return this.memory.recallWhileAway(hash.toString('hex'), () => this.read(kind, hash));
  }

  /** Null when it is unknown, expired, idle for too long, or its user is disabled. */
  private async read(kind: 'session' | 'key', hash: Buffer): Promise<SignedIn | null> {
    const row = await this.db.first<CredentialRow>(kind === 'session' ? SESSION : KEY, [hash]);
    if (row === undefined) return null;
    const { isStale, ...who } = row;
    if (isStale) await this.db.query(USED[kind], [hash]);
    return { ...who, holder: credentialHolder(who.userId, hash) };
  }
}
