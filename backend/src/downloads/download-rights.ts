import { Injectable } from '@nestjs/common';
import { DomainError } from '../common/errors.js';
import { Database } from '../database/database.js';
import type { SignedIn } from '../users/signed-in.js';

/** Who may take music along as files. */
@Injectable()
export class DownloadRights {
  constructor(private readonly db: Database) {}

  /** Asked each time: a right that is taken back is gone with the next download. @throws DomainError FORBIDDEN */
  async require({ userId }: SignedIn): Promise<void> {
    const row = await this.db.first<{ may: boolean }>(
      `SELECT may_download OR role = 'admin' AS may FROM users WHERE id = $1`,
      [userId],
    );
    if (row?.may !== true)
      throw new DomainError('FORBIDDEN', 'Your account may not take files along. Ask an administrator.');
  }
}
