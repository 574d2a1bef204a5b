import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Role } from '../../src/common/access.js';
import { Notifier } from '../../src/database/notifier.js';
import { Revocations } from '../../src/users/revocations.js';
import type { SignedIn } from '../../src/users/signed-in.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';
import { device, makeUsers, type TestUsers } from '../support/users.js';

describe('accounts and their ways in', () => {
  let test: TestDatabase;
  let notifier: Notifier;
  let users: TestUsers;
  let admin: SignedIn;

  beforeAll(async () => {
    test = await testDatabase();
    notifier = new Notifier(test.db);
    users = makeUsers(test.db, new Revocations(test.db, notifier));
  });
  afterAll(async () => {
    await notifier.onModuleDestroy();
    await test.close();
  });
  beforeEach(async () => {
    await test.db.query('TRUNCATE users, sign_in_attempts, audit_log, media_revocations CASCADE');
    admin = await add('ada', 'admin');
  });

  /** Somebody who has signed in. */
  const add = async (name: string, role: Role = 'listener'): Promise<SignedIn> => {
    const { id } = await users.users.add(name, null, role);
    return signedIn(await users.sessions.open(id, device()));
  };
  const signedIn = async (token: string): Promise<SignedIn> => {
    const who = await users.credentials.find('session', token);
    if (who === null) throw new Error('not signed in');
    return who;
  };
  const key = (userId: string) =>
    users.keys.make(userId, { name: 'a program', scopes: ['read'], expiresAt: null });
  const revoked = async (): Promise<string[]> =>
    (await test.db.query<{ holder: string }>('SELECT holder FROM media_revocations')).map(
      ({ holder }) => holder,
    );

  it('lists the devices of one user, and ends each by itself with the addresses it was given', async () => {
    const ann = await add('ann');
    const bob = await add('bob');
    const phone = await signedIn(await users.sessions.open(ann.userId, { address: '', userAgent: 'phone' }));
    expect((await users.sessions.list(ann.userId)).map(({ userAgent }) => userAgent).sort()).toEqual([
      'a test',
      'phone',
    ]);
    await expect(users.sessions.revoke(bob.userId, phone.credentialId)).rejects.toMatchObject({
      code: 'SESSION_NOT_FOUND',
    });
    await users.sessions.revoke(ann.userId, phone.credentialId);
    expect(await users.sessions.list(ann.userId)).toHaveLength(1);
    expect(await revoked()).toEqual([phone.holder]);
  });

  it('knows a key by what it was made for, until it is revoked or has expired', async () => {
    const ann = await add('ann');
    const made = await key(ann.userId);
    expect(await users.credentials.find('key', made.key)).toMatchObject({
      userId: ann.userId,
      role: 'listener',
      scopes: ['read'],
      credentialId: made.row.id,
    });
    expect(JSON.stringify(await test.db.query('SELECT * FROM api_keys'))).not.toContain(made.key);
    const [row] = await users.keys.list(ann.userId);
    expect(row?.lastUsedAt).toBeInstanceOf(Date);
    await test.db.query(`UPDATE api_keys SET expires_at = now() - interval '1 second'`);
    expect(await users.credentials.find('key', made.key)).toBeNull();
    await expect(users.keys.revoke(admin.userId, made.row.id)).rejects.toMatchObject({
      code: 'KEY_NOT_FOUND',
    });
    await users.keys.revoke(ann.userId, made.row.id);
    expect(await users.keys.list(ann.userId)).toEqual([]);
    expect(await revoked()).toHaveLength(1);
  });

  it.each([
    ['a new password by an administrator', { password: 'battery staple' }],
    ['disabling', { disabled: true }],
    ['a lower role', { role: 'guest' }],
  ] as const)('%s ends every session, key and media address', async (_, change) => {
    const ann = await add('ann');
    await key(ann.userId);
    await users.accounts.change(admin, ann.userId, change);
    expect(await users.sessions.list(ann.userId)).toEqual([]);
    expect(await users.keys.list(ann.userId)).toEqual([]);
    expect(await revoked()).toContain(ann.userId);
  });

  it('a higher role ends nothing', async () => {
    const ann = await add('ann');
    await users.accounts.change(admin, ann.userId, { role: 'curator' });
    expect(await users.sessions.list(ann.userId)).toHaveLength(1);
  });

  it('deletion ends them too, and the log still says who it was', async () => {
    const ann = await add('ann');
    await users.accounts.remove(admin, ann.userId);
    expect(await revoked()).toContain(ann.userId);
    const { items } = await users.audit.page({ limit: 10, cursor: undefined });
    expect(items).toMatchObject([
      { actorName: 'ada', action: 'user.remove', targetId: ann.userId, details: { username: 'ann' } },
    ]);
  });

  it('keeps one administrator, also when two remove each other at the same moment', async () => {
    const eve = await add('eve', 'admin');
    const results = await Promise.allSettled([
      users.accounts.remove(admin, eve.userId),
      users.accounts.change(eve, admin.userId, { role: 'listener' }),
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const [last] = await test.db.query<{ id: string }>(`SELECT id FROM users WHERE role = 'admin'`);
    for (const change of [{ disabled: true }, { role: 'curator' }] as const)
      await expect(users.accounts.change(admin, last?.id ?? '', change)).rejects.toMatchObject({
        code: 'LAST_ADMINISTRATOR',
      });
    await expect(users.accounts.remove(admin, last?.id ?? '')).rejects.toMatchObject({
      code: 'LAST_ADMINISTRATOR',
    });
  });

  it('invites one person once, to the role that was meant', async () => {
    const { token, row } = await users.invitations.make(admin, {
      role: 'curator',
      note: '',
      expiresInDays: 7,
    });
    expect((await users.invitations.look(token)).role).toBe('curator');
    const results = await Promise.allSettled(
      ['mia', 'noa'].map((name) => users.invitations.accept(token, name, 'correct horse')),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await expect(users.invitations.look(token)).rejects.toMatchObject({ code: 'INVITATION_NOT_FOUND' });
    const roles = await test.db.query(`SELECT role FROM users WHERE id <> $1`, [admin.userId]);
    expect(roles).toEqual([{ role: 'curator' }]);
    const { items } = await users.audit.page({ limit: 10, cursor: undefined });
    expect(items.map(({ action, targetId }) => [action, targetId])).toEqual([
      ['invitation.accept', row.id],
      ['invitation.make', row.id],
    ]);
  });

  it('an invitation stays good when the name was taken, and ends with time, word, or the right of who made it', async () => {
    const eve = await add('eve', 'admin');
    const make = () => users.invitations.make(eve, { role: 'listener', note: 'for Mia', expiresInDays: 1 });
    const { token, row } = await make();
    await expect(users.invitations.accept(token, 'EVE', 'correct horse')).rejects.toMatchObject({
      code: 'USERNAME_TAKEN',
    });
    expect((await users.invitations.look(token)).id).toBe(row.id);
    await test.db.query('UPDATE invitations SET expires_at = now()');
    await expect(users.invitations.look(token)).rejects.toMatchObject({ code: 'INVITATION_NOT_FOUND' });
    const withdrawn = await make();
    await users.invitations.withdraw(admin, withdrawn.row.id);
    await expect(users.invitations.look(withdrawn.token)).rejects.toMatchObject({
      code: 'INVITATION_NOT_FOUND',
    });
    const orphan = await make();
    await users.accounts.change(admin, eve.userId, { role: 'listener' });
    await expect(users.invitations.look(orphan.token)).rejects.toMatchObject({
      code: 'INVITATION_NOT_FOUND',
    });
  });

  it('pages lists of accounts by a cursor of their own', async () => {
    for (const name of ['b', 'c', 'd']) await add(name);
    const first = await users.accounts.page({ limit: 3, cursor: undefined });
    expect(first.items.map(({ username }) => username)).toEqual(['d', 'c', 'b']);
    const second = await users.accounts.page({ limit: 3, cursor: first.nextCursor ?? '' });
    expect([second.items.map(({ username }) => username), second.nextCursor]).toEqual([['ada'], null]);
    await expect(users.audit.page({ limit: 3, cursor: first.nextCursor ?? '' })).rejects.toMatchObject({
      code: 'INVALID_CURSOR',
    });
  });
});
