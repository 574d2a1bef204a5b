import { Injectable } from '@nestjs/common';
import { DomainError } from '../common/errors.js';
import { newId } from '../common/id.js';
import { Database } from '../database/database.js';
import { ApiKey } from './api-key.entity.js';
import type { NewKeyBody } from './keys.dto.js';
import { credentialHolder, Revocations } from './revocations.js';
import { hashToken, newSessionToken } from './session-token.js';

/** Told apart from a session's token by everybody who finds one lying about. */
export const KEY_PREFIX = 'kanade_';
const MOST_KEYS = 100;

/** The keys of one user: many, each with a name, each revocable by itself. */
@Injectable()
export class ApiKeys {
  constructor(
    private readonly db: Database,
    private readonly revocations: Revocations,
  ) {}

  /** @returns the row, and the key, which nobody can read again. @throws DomainError TOO_MANY_KEYS */
  async make(userId: string, body: NewKeyBody): Promise<{ readonly row: ApiKey; readonly key: string }> {
    const id = newId();
    const key = `${KEY_PREFIX}${newSessionToken()}`;
    const row = await this.db.transaction(async (tx) => {
      await this.db.query('SELECT FROM users WHERE id = $1 FOR UPDATE', [userId], tx);
      if ((await tx.countBy(ApiKey, { userId })) >= MOST_KEYS)
        throw new DomainError('TOO_MANY_KEYS', `Nobody needs more than ${MOST_KEYS} keys at once.`);
      await tx.insert(ApiKey, {
        id,
        userId,
        name: body.name,
        tokenHash: hashToken(key),
        scopes: body.scopes,
        expiresAt: body.expiresAt === null ? null : new Date(body.expiresAt),
      });
      return tx.findOneByOrFail(ApiKey, { id });
    });
    return { row, key };
  }

  list(userId: string): Promise<ApiKey[]> {
    return this.db.manager.find(ApiKey, { where: { userId }, order: { createdAt: 'DESC', id: 'DESC' } });
  }

  /** With every media address that was signed for it. @throws DomainError KEY_NOT_FOUND */
  async revoke(userId: string, id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const [row] = await this.db.query<{ hash: Buffer }>(
        'DELETE FROM api_keys WHERE id = $1 AND user_id = $2 RETURNING token_hash AS hash',
        [id, userId],
        tx,
      );
      if (row === undefined) throw new DomainError('KEY_NOT_FOUND', 'There is no such key.');
      await this.revocations.revoke(credentialHolder(userId, row.hash), tx);
    });
  }
}
