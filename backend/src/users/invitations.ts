import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Role } from '../common/access.js';
import { DomainError } from '../common/errors.js';
import { newId } from '../common/id.js';
import { decodeIdCursor, toPage, type Page, type PageQuery } from '../common/page.js';
import { Database } from '../database/database.js';
import { AuditLog } from './audit-log.js';
import { Invitation } from './invitation.entity.js';
import { hashPassword } from './passwords.js';
import { hashToken, newSessionToken } from './session-token.js';
import type { SignedIn } from './signed-in.js';
import type { User } from './user.entity.js';
import { UserRepository } from './user.repository.js';

export interface NewInvitation {
  readonly role: Role;
  readonly note: string;
  readonly expiresInDays: number;
}

/** Links by which people make their own accounts: for one person, one role, some days. */
@Injectable()
export class Invitations {
  constructor(
    private readonly db: Database,
    private readonly users: UserRepository,
    private readonly audit: AuditLog,
  ) {}

  /** @returns the row, and the token of its link, which nobody can read again. */
  async make(
    actor: SignedIn,
    { role, note, expiresInDays }: NewInvitation,
  ): Promise<{ readonly row: Invitation; readonly token: string }> {
    const id = newId();
    const token = newSessionToken();
    const row = await this.db.transaction(async (tx) => {
      // By the database's clock, which also ends it.
      await this.db.query(
        `INSERT INTO invitations (id, token_hash, role, note, created_by, expires_at)
         VALUES ($1, $2, $3, $4, $5, now() + make_interval(days => $6))`,
        [id, hashToken(token), role, note, actor.userId, expiresInDays],
        tx,
      );
      await this.audit.write({ actor, action: 'invitation.make', targetId: id, details: { role, note } }, tx);
      return tx.findOneByOrFail(Invitation, { id });
    });
    return { row, token };
  }

  /** Newest first, the used and the expired ones too. */
  async page({ limit, cursor }: PageQuery): Promise<Page<Invitation>> {
    const before = decodeIdCursor('invitations', cursor);
    const query = this.db.manager
      .createQueryBuilder(Invitation, 'i')
      .orderBy('i.id', 'DESC')
      .limit(limit + 1);
    const rows = await (before === null ? query : query.where('i.id < :before', { before })).getMany();
    return toPage(
      rows,
      limit,
      (invitation) => invitation,
      ({ id }) => ['invitations', id],
    );
  }

  /** @throws DomainError INVITATION_NOT_FOUND */
  async withdraw(actor: SignedIn, id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const { affected } = await tx.delete(Invitation, { id });
      if (affected !== 1) throw notFound();
      await this.audit.write({ actor, action: 'invitation.withdraw', targetId: id }, tx);
    });
  }

  /** Who follows a link sees what it is good for. @throws DomainError INVITATION_NOT_FOUND, the same for every reason */
  async look(token: string, tx: EntityManager = this.db.manager): Promise<Invitation> {
    const row = await tx
      .createQueryBuilder(Invitation, 'i')
      .where('i.tokenHash = :hash AND i.usedAt IS NULL AND i.expiresAt > now()', { hash: hashToken(token) })
      // Whoever may invite nobody any more has invited nobody.
      .andWhere(
        `EXISTS (SELECT FROM users WHERE id = i.createdBy AND role = 'admin' AND disabled_at IS NULL)`,
      )
      .getOne();
    if (row === null) throw notFound();
    return row;
  }

  /** Two at once make one account. @throws DomainError INVITATION_NOT_FOUND, USERNAME_TAKEN: then it can be used again */
  async accept(token: string, username: string, password: string): Promise<User> {
    // Looked at first: nobody without a link makes the server hash passwords.
    await this.look(token);
    const passwordHash = await hashPassword(password);
    return this.db.transaction(async (tx) => {
      await this.db.query('SELECT FROM invitations WHERE token_hash = $1 FOR UPDATE', [hashToken(token)], tx);
      const { id, role } = await this.look(token, tx);
      const user = await this.users.add(username, passwordHash, role, tx);
      await tx.update(Invitation, { id }, { usedAt: () => 'now()', usedBy: user.id });
      const actor = { userId: user.id, username };
      await this.audit.write({ actor, action: 'invitation.accept', targetId: id, details: { role } }, tx);
      return user;
    });
  }
}

const notFound = (): DomainError =>
  new DomainError('INVITATION_NOT_FOUND', 'This invitation was used, withdrawn, or has run out.');
