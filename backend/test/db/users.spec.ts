import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Notifier } from '../../src/database/notifier.js';
import { Revocations } from '../../src/users/revocations.js';
import { SetupService } from '../../src/users/setup.service.js';
import { UserRepository } from '../../src/users/user.repository.js';
import { testConfig } from '../support/config.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';
import { device, makeUsers, type TestUsers } from '../support/users.js';

describe('accounts', () => {
  let test: TestDatabase;
  let setup: SetupService;
  let sessions: TestUsers['sessions'];
  let credentials: TestUsers['credentials'];
  let notifier: Notifier;

  beforeAll(async () => {
    test = await testDatabase();
    const users = new UserRepository(test.db);
    setup = new SetupService(test.db, users, testConfig());
    notifier = new Notifier(test.db);
    const revocations = new Revocations(test.db, notifier);
    ({ sessions, credentials } = makeUsers(test.db, revocations));
  });
  afterAll(async () => {
    await notifier.onModuleDestroy();
    await test.close();
  });

  it('makes one administrator even when two people set up at the same moment', async () => {
    const results = await Promise.allSettled([
      setup.run('ann', 'correct horse'),
      setup.run('bob', 'battery staple'),
    ]);
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    const refused = results.find((result) => result.status === 'rejected');
    expect(refused?.reason).toMatchObject({ code: 'ALREADY_SET_UP' });
    expect(await test.db.query('SELECT role FROM users')).toEqual([{ role: 'admin' }]);
  });

  it('signs in by the right password whatever the case of the name, and keeps no token in the clear', async () => {
    const [admin] = await test.db.query<{ username: string }>('SELECT username FROM users');
    const password = admin?.username === 'ann' ? 'correct horse' : 'battery staple';
    const { token } = await sessions.signIn((admin?.username ?? '').toUpperCase(), password, device());
    expect(await credentials.find('session', token)).toMatchObject({
      username: admin?.username,
      role: 'admin',
    });
    const [row] = await test.db.query<{ found: boolean }>(
      `SELECT bool_or(encode(token_hash, 'escape') LIKE '%' || $1 || '%') AS found FROM sessions`,
      [token],
    );
    expect(row?.found).toBe(false);
  });

  it('answers a wrong name, a wrong password and a disabled account alike', async () => {
    await test.db.query(
      `INSERT INTO users (id, username, role, disabled_at, password_hash) SELECT gen_random_uuid(), 'gone', 'listener', now(), password_hash FROM users LIMIT 1`,
    );
    const tries = await Promise.allSettled([
      sessions.signIn('nobody', 'x', device()),
      sessions.signIn('ann', 'x', device()),
      sessions.signIn('gone', 'correct horse', device()),
    ]);
    const reasons = tries.map((result) =>
      result.status === 'rejected' && result.reason instanceof Error ? result.reason.message : 'let in',
    );
    expect(new Set(reasons)).toEqual(new Set(['The name or the password is wrong.']));
  });

  it('forgets a session that was closed, has expired, or belongs to a disabled account', async () => {
    const user = await new UserRepository(test.db).add('carol', 'no hash', 'listener');
    const closed = await sessions.open(user.id, device());
    await sessions.close(closed);
    expect(await credentials.find('session', closed)).toBeNull();
    const expired = await sessions.open(user.id, device());
    await test.db.query(`UPDATE sessions SET expires_at = now() - interval '1 second' WHERE user_id = $1`, [
      user.id,
    ]);
    expect(await credentials.find('session', expired)).toBeNull();
    const open = await sessions.open(user.id, device());
    await test.db.query('UPDATE users SET disabled_at = now() WHERE id = $1', [user.id]);
    expect(await credentials.find('session', open)).toBeNull();
  });
});
