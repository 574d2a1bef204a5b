import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { TestUsers } from '../support/users.js';
import type { TestDatabase } from '../support/postgres.js';

const argon2 = await import('@node-rs/argon2');
const verify = jest.fn(argon2.verify);
jest.unstable_mockModule('@node-rs/argon2', () => ({ ...argon2, verify }));
// After the counter is in place, so that the room counts with it.
const { Notifier } = await import('../../src/database/notifier.js');
const { Revocations } = await import('../../src/users/revocations.js');
const { testDatabase } = await import('../support/postgres.js');
const { device, makeUsers } = await import('../support/users.js');
const { hashPassword } = await import('../../src/users/passwords.js');

describe('guessing a password', () => {
  let test: TestDatabase;
  let users: TestUsers;
  let close: () => Promise<void>;

  beforeAll(async () => {
    test = await testDatabase();
    const notifier = new Notifier(test.db);
    users = makeUsers(test.db, new Revocations(test.db, notifier));
    close = () => notifier.onModuleDestroy();
    await users.users.add('ann', await hashPassword('correct horse'), 'listener');
  });
  afterAll(async () => {
    await close();
    await test.close();
  });
  beforeEach(async () => {
    verify.mockClear();
    await test.db.query('TRUNCATE sign_in_attempts, sign_in_places');
  });

  const outcome = (name: string, password: string, from = 1): Promise<string> =>
    users.sessions.signIn(name, password, device(from)).then(
      () => 'in',
      (error: unknown) => String(Reflect.get(Object(error), 'code')),
    );
  /** As if so much time had passed. */
  const wait = (seconds: number) =>
    test.db.query(
      `UPDATE sign_in_attempts SET open_at = open_at - make_interval(secs => $1), last_at = last_at - make_interval(secs => $1)`,
      [seconds],
    );
  const countOf = (outcomes: readonly string[], wanted: string): number =>
    outcomes.filter((each) => each === wanted).length;

  it('a thousand times at once is looked at twenty times at most, whether there is such an account or not', async () => {
    for (const name of ['ann', 'nobody']) {
      verify.mockClear();
      const outcomes = await Promise.all(
        Array.from({ length: 1000 }, (_, n) => outcome(name, `guess ${n}`, n % 200)),
      );
      expect(countOf(outcomes, 'in')).toBe(0);
      expect(countOf(outcomes, 'WRONG_CREDENTIALS')).toBe(verify.mock.calls.length);
      expect(verify.mock.calls.length).toBeLessThanOrEqual(20);
      expect(verify.mock.calls.length).toBeGreaterThan(0);
    }
  }, 60_000);

  it('gets slower by doubling, up to a quarter of an hour, and is forgotten after a day', async () => {
    for (let n = 0; n < 6; n += 1) expect(await outcome('ann', 'x')).toBe('WRONG_CREDENTIALS');
    for (const seconds of [1, 3, 7, 15]) {
      expect(await outcome('ann', 'correct horse', 2)).toBe('TOO_MANY_REQUESTS');
      await wait(seconds);
      expect(await outcome('ann', 'x', 3)).toBe('WRONG_CREDENTIALS');
    }
    for (let n = 0; n < 20; n += 1) {
      await wait(900);
      expect(await outcome('ann', 'x', n)).toBe('WRONG_CREDENTIALS');
    }
    await expect(users.sessions.signIn('ann', 'correct horse', device(9))).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      retryAfterSeconds: 900,
    });
    // Nothing of it is kept in a process: another one knows as much.
    const another = makeUsers(test.db, new Revocations(test.db, new Notifier(test.db)));
    await expect(another.sessions.signIn('ann', 'correct horse', device(9))).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
    });
    await wait(86_401);
    for (let n = 0; n < 5; n += 1) expect(await outcome('ann', 'x')).toBe('WRONG_CREDENTIALS');
    expect(await outcome('ann', 'correct horse')).toBe('in');
  });

  it('elsewhere does not keep anybody out where they have signed in before', async () => {
    expect(await outcome('ann', 'correct horse', 7)).toBe('in');
    for (let n = 0; n < 30; n += 1) await outcome('ann', 'x', 100 + n);
    expect(await outcome('ann', 'correct horse', 50)).toBe('TOO_MANY_REQUESTS');
    expect(await outcome('ann', 'correct horse', 7)).toBe('in');
  });

  it('from one place is limited over all names', async () => {
    const outcomes: string[] = [];
    for (let n = 0; n < 40; n += 1) outcomes.push(await outcome(`name ${n}`, 'x', 8));
    expect(countOf(outcomes, 'WRONG_CREDENTIALS')).toBe(21);
    expect(await outcome('ann', 'correct horse', 9)).toBe('in');
  });

  it('costs the same work for a wrong name, a wrong password, a disabled account and one without a password', async () => {
    await users.users.add('gone', await hashPassword('correct horse'), 'listener');
    await test.db.query(`UPDATE users SET disabled_at = now() WHERE username = 'gone'`);
    await test.db.query(
      `INSERT INTO users (id, username, role) VALUES (gen_random_uuid(), 'bare', 'listener')`,
    );
    for (const [n, name] of ['nobody', 'ann', 'gone', 'bare'].entries()) {
      verify.mockClear();
      expect(await outcome(name, name === 'gone' ? 'correct horse' : '', 20 + n)).toBe('WRONG_CREDENTIALS');
      expect(verify).toHaveBeenCalledTimes(1);
      const parameters = verify.mock.calls[0]?.[0].toString().split('$').slice(0, 4).join('$');
      expect(parameters).toBe('$argon2id$v=19$m=19456,t=2,p=1');
    }
  });
});
