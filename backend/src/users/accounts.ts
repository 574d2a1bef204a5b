import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { reaches, type Role } from '../common/access.js';
import { DomainError } from '../common/errors.js';
import { decodeIdCursor, toPage, type Page, type PageQuery } from '../common/page.js';
import { Database } from '../database/database.js';
import { AccountRights } from './account-rights.js';
import { AuditLog } from './audit-log.js';
import { hashPassword, verifyPassword } from './passwords.js';
import type { SignedIn } from './signed-in.js';
import { SignInLimits } from './sign-in-limits.js';
import { User } from './user.entity.js';
import { UserRepository } from './user.repository.js';

export interface AccountChange {
  readonly role?: Role | undefined;
  readonly disabled?: boolean | undefined;
  readonly mayDownload?: boolean | undefined;
  readonly password?: string | undefined;
}

/** What happens to accounts after they were made. */
@Injectable()
export class Accounts {
  constructor(
    private readonly db: Database,
    private readonly users: UserRepository,
    private readonly limits: SignInLimits,
    private readonly rights: AccountRights,
    private readonly audit: AuditLog,
  ) {}

  /** Newest first. */
  async page({ limit, cursor }: PageQuery): Promise<Page<User>> {
    const before = decodeIdCursor('users', cursor);
    const query = this.db.manager
      .createQueryBuilder(User, 'u')
      .orderBy('u.id', 'DESC')
      .limit(limit + 1);
    const rows = await (before === null ? query : query.where('u.id < :before', { before })).getMany();
    return toPage(
      rows,
      limit,
      (user) => user,
      ({ id }) => ['users', id],
    );
  }

  async add(actor: SignedIn, username: string, password: string, role: Role): Promise<User> {
    const passwordHash = await hashPassword(password);
    return this.db.transaction(async (tx) => {
      const user = await this.users.add(username, passwordHash, role, tx);
      await this.audit.write(
        { actor, action: 'user.add', targetId: user.id, details: { username, role } },
        tx,
      );
      return user;
    });
  }

  /** Whoever loses a right loses it everywhere. @throws DomainError USER_NOT_FOUND, LAST_ADMINISTRATOR */
  async change(actor: SignedIn, id: string, change: AccountChange): Promise<User> {
    const { role, disabled, mayDownload, password } = change;
    const passwordHash = password === undefined ? undefined : await hashPassword(password);
    return this.db.transaction(async (tx) => {
      const before = await this.locked(id, tx);
      if ((role !== undefined && role !== 'admin') || disabled === true) await this.keepOne(before, tx);
      await tx.update(
        User,
        { id },
        {
          ...(role === undefined ? {} : { role }),
          ...(mayDownload === undefined ? {} : { mayDownload }),
          ...(disabled === undefined
            ? {}
            : { disabledAt: disabled ? () => 'coalesce(disabled_at, now())' : null }),
          ...(passwordHash === undefined ? {} : { passwordHash }),
          id,
        },
      );
      const isLess = role !== undefined && !reaches(role, before.role);
      if (disabled === true || passwordHash !== undefined || isLess) await this.rights.endAll(id, tx);
      const details = {
        username: before.username,
        role,
        disabled,
        mayDownload,
        password: password === undefined ? undefined : 'new',
      };
      await this.audit.write({ actor, action: 'user.change', targetId: id, details }, tx);
      return this.users.getById(id, tx);
    });
  }

  /** @throws DomainError USER_NOT_FOUND, LAST_ADMINISTRATOR */
  async remove(actor: SignedIn, id: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const user = await this.locked(id, tx);
      await this.keepOne(user, tx);
      await this.rights.endAll(id, tx);
      await this.audit.write(
        { actor, action: 'user.remove', targetId: id, details: { username: user.username, role: user.role } },
        tx,
      );
      await tx.delete(User, { id });
    });
  }

  /** Ends every session, this one too. @throws DomainError WRONG_PASSWORD, TOO_MANY_REQUESTS */
  async changePassword(who: SignedIn, address: string, current: string, wanted: string): Promise<void> {
    await this.confirm(who, address, current, 'currentPassword');
    const wantedHash = await hashPassword(wanted);
    await this.db.transaction(async (tx) => {
      await tx.update(User, { id: who.userId }, { passwordHash: wantedHash });
      await this.rights.endAll(who.userId, tx);
    });
  }

  /** By the person themselves. @throws DomainError WRONG_PASSWORD, TOO_MANY_REQUESTS, LAST_ADMINISTRATOR */
  async removeOwn(who: SignedIn, address: string, password: string): Promise<void> {
    await this.confirm(who, address, password, 'password');
    await this.remove(who, who.userId);
  }

  private async confirm(who: SignedIn, address: string, password: string, field: string): Promise<void> {
    const attempt = await this.limits.begin(who.username, address);
    const { passwordHash } = await this.users.getById(who.userId);
    if (!(await verifyPassword(passwordHash, password)))
      throw new DomainError('WRONG_PASSWORD', 'The password is wrong.', { field });
    await attempt.succeeded(who.userId);
  }

  private async locked(id: string, tx: EntityManager): Promise<User> {
    // All administrators at once: two who demote each other must not both succeed.
    await this.db.query(`SELECT FROM users WHERE role = 'admin' OR id = $1 ORDER BY id FOR UPDATE`, [id], tx);
    return this.users.getById(id, tx);
  }

  private async keepOne(user: User, tx: EntityManager): Promise<void> {
    if (user.role !== 'admin' || user.disabledAt !== null) return;
    const others = await this.db.first<{ n: number }>(
      `SELECT count(*)::int AS n FROM users WHERE role = 'admin' AND disabled_at IS NULL AND id <> $1`,
      [user.id],
      tx,
    );
    if (others?.n === 0)
      throw new DomainError('LAST_ADMINISTRATOR', 'This is the only administrator. Make another one first.');
  }
}
