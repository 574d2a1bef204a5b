import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Database } from '../database/database.js';
import { Revocations } from './revocations.js';

/** Everything that lets somebody in: ends as a whole, in the transaction of whatever ends it. */
@Injectable()
export class AccountRights {
  constructor(
    private readonly db: Database,
    private readonly revocations: Revocations,
  ) {}

  /** Every session, API key and media address of a user; the addresses within the seconds that a notification takes. */
  async endAll(userId: string, tx: EntityManager): Promise<void> {
    await this.db.query('DELETE FROM sessions WHERE user_id = $1', [userId], tx);
    await this.db.query('DELETE FROM api_keys WHERE user_id = $1', [userId], tx);
    await this.revocations.revoke(userId, tx);
  }
}
