import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DomainError } from '../common/errors.js';
import { Database } from '../database/database.js';
import { AuditLog } from '../users/audit-log.js';
import { Revocations } from '../users/revocations.js';
import type { SignedIn } from '../users/signed-in.js';
import type { LibraryChange, ManagedLibrary } from './libraries.dto.js';
import { seesLibrary } from './sees-library.js';

type Row = Omit<ManagedLibrary, 'lastScannedAt'> & { readonly lastScannedAt: Date | null };

const SELECT = `
  SELECT id, name, display_root AS path, open_role AS "openTo", last_scanned_at AS "lastScannedAt",
    (SELECT coalesce(json_agg(json_build_object('id', users.id, 'username', users.username) ORDER BY users.username), '[]')
     FROM library_members JOIN users ON users.id = user_id WHERE library_id = libraries.id) AS members
  FROM libraries`;

const toManaged = (row: Row): ManagedLibrary => ({
  ...row,
  lastScannedAt: row.lastScannedAt?.toISOString() ?? null,
});

/** To whom each music folder is open, as administrators see and change it. */
@Injectable()
export class LibraryAccess {
  constructor(
    private readonly db: Database,
    private readonly audit: AuditLog,
    private readonly revocations: Revocations,
  ) {}

  async list(): Promise<ManagedLibrary[]> {
    const rows = await this.db.query<Row>(`${SELECT} ORDER BY created_at, id`);
    return rows.map(toManaged);
  }

  /** @throws DomainError LIBRARY_NOT_FOUND, USER_NOT_FOUND */
  async change(actor: SignedIn, id: string, change: LibraryChange): Promise<ManagedLibrary> {
    const { name, openTo, memberIds } = change;
    return this.db.transaction(async (tx) => {
      const before = await this.viewers(id, tx);
      const found = await this.db.query(
        `UPDATE libraries SET name = coalesce($2, name), open_role = CASE WHEN $3 THEN $4 ELSE open_role END
         WHERE id = $1 RETURNING id`,
        [id, name ?? null, openTo !== undefined, openTo ?? null],
        tx,
      );
      if (found.length === 0) throw new DomainError('LIBRARY_NOT_FOUND', 'There is no such library.');
      if (memberIds !== undefined) await this.name(id, [...new Set(memberIds)], tx);
      const after = new Set(await this.viewers(id, tx));
      // What they were given addresses of ends now, not when the addresses do. The rest they are given again.
      await this.revocations.revokeMedia(
        before.filter((userId) => !after.has(userId)),
        tx,
      );
      await this.audit.write({ actor, action: 'library.change', targetId: id, details: change }, tx);
      const row = await this.db.first<Row>(`${SELECT} WHERE id = $1`, [id], tx);
      if (row === undefined) throw new DomainError('LIBRARY_NOT_FOUND', 'There is no such library.');
      return toManaged(row);
    });
  }

  private async viewers(libraryId: string, tx: EntityManager): Promise<readonly string[]> {
    const rows = await this.db.query<{ id: string }>(
      `SELECT users.id FROM users WHERE ${seesLibrary('users', '$1')}`,
      [libraryId],
      tx,
    );
    return rows.map(({ id }) => id);
  }

  private async name(libraryId: string, userIds: readonly string[], tx: EntityManager): Promise<void> {
    await this.db.query('DELETE FROM library_members WHERE library_id = $1', [libraryId], tx);
    const named = await this.db.query(
      `INSERT INTO library_members (library_id, user_id)
       SELECT $1, users.id FROM users WHERE users.id = ANY($2::uuid[]) RETURNING user_id`,
      [libraryId, userIds],
      tx,
    );
    if (named.length < userIds.length)
      throw new DomainError('USER_NOT_FOUND', 'Somebody who is named does not exist.', {
        field: 'memberIds',
      });
  }
}
