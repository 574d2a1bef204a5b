import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client, eventually } from '../support/client.js';
import { EventStream } from '../support/event-stream.js';
import { removeFolder, startServer, temporaryFolder, type RunningServer } from '../support/server.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(180_000);

describe('people and programs at the door', () => {
  let home: string;
  let server: RunningServer;
  let ada: Client;

  beforeAll(() => {
    home = temporaryFolder('accounts');
    mkdirSync(join(home, 'music'));
  });
  afterAll(() => removeFolder(home));
  afterEach(() => server.stop());

  const start = async (env: Readonly<Record<string, string>> = {}): Promise<void> => {
    const admin = { KANADE_ADMIN_USER: 'ada', KANADE_ADMIN_PASSWORD: 'correct horse' };
    server = await startServer({
      music: [join(home, 'music')],
      data: join(home, 'data'),
      env: { ...admin, ...env },
    });
    ada = new Client(server.url);
  };
  const status = async (client: Client, path = '/api/me'): Promise<number> =>
    (await client.request('GET', path)).status;
  /** A wrong password for a name of its own, from an address that a header claims. */
  const guess = async (n: number): Promise<number> => {
    const body = { username: `guess ${n}`, password: 'x' };
    const headers = { 'x-forwarded-for': `198.51.100.${n}` };
    return (await ada.another().request('POST', '/api/session', body, headers)).status;
  };

  it('an invitation makes an account, whose owner changes the password and is signed out everywhere else', async () => {
    await start();
    await ada.signIn('ada', 'correct horse');
    const { token } = await ada.json<{ token: string }>('POST', '/api/invitations', { role: 'listener' });
    const [mia, phone] = [ada.another(), ada.another()];
    expect(await mia.json('POST', '/api/invitations/look', { token })).toMatchObject({ role: 'listener' });
    await mia.json('POST', '/api/invitations/accept', { token, username: 'mia', password: 'battery staple' });
    await phone.signIn('mia', 'battery staple');
    const { key } = await mia.json<{ key: string }>('POST', '/api/me/keys', {
      name: 'app',
      scopes: ['read'],
    });
    const byKey = () =>
      ada.another().request('GET', '/api/tracks', undefined, { authorization: `Bearer ${key}` });
    expect([await status(mia), await status(phone), (await byKey()).status]).toEqual([200, 200, 200]);

    const wanted = { currentPassword: 'battery staple', newPassword: 'paper clip' };
    const wrong = await mia.request('POST', '/api/me/password', { ...wanted, currentPassword: 'x' });
    expect(await wrong.json()).toMatchObject({
      status: 403,
      code: 'WRONG_PASSWORD',
      field: 'currentPassword',
    });
    expect((await mia.request('POST', '/api/me/password', wanted)).status).toBe(204);
    expect([await status(mia), await status(phone), (await byKey()).status]).toEqual([200, 401, 401]);
    await expect(phone.signIn('mia', 'battery staple')).rejects.toThrow('WRONG_CREDENTIALS');
    await phone.signIn('mia', 'paper clip');
    const { items } = await mia.get<{ items: { current: boolean }[] }>('/api/me/devices');
    expect(items.map(({ current }) => current).sort()).toEqual([false, true]);
    expect((await mia.request('DELETE', '/api/me/devices')).status).toBe(204);
    expect([await status(mia), await status(phone)]).toEqual([200, 401]);
  });

  it('a stream of events ends with the session or the right that it was opened with', async () => {
    await start();
    await ada.signIn('ada', 'correct horse');
    const { id } = await ada.json<{ id: string }>('POST', '/api/users', {
      username: 'eve',
      password: 'battery staple',
      role: 'admin',
    });
    const [eve, phone] = [ada.another(), ada.another()];
    await eve.signIn('eve', 'battery staple');
    await phone.signIn('eve', 'battery staple');
    const [ours, first, second] = await Promise.all([ada, eve, phone].map((who) => EventStream.open(who)));
    const end = (stream: EventStream | undefined) =>
      eventually(
        () => Promise.resolve(stream?.hasEnded),
        (hasEnded) => hasEnded === true,
      );
    await phone.request('DELETE', '/api/session');
    await end(second);
    expect(first?.hasEnded).toBe(false);
    await ada.json('PATCH', `/api/users/${id}`, { disabled: true });
    await end(first);
    expect(ours?.hasEnded).toBe(false);
    ours?.close();
    await ada.request('DELETE', `/api/users/${id}`);
  });

  it('a claimed address counts for nothing where the proxy is a stranger', async () => {
    await start();
    const answers: number[] = [];
    for (let n = 0; n < 30; n += 1) answers.push(await guess(n));
    expect(answers).toContain(429);
    const refused = await ada.request('POST', '/api/session', { username: 'ada', password: 'x' });
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('behind a proxy that is trusted each listener has an address of their own', async () => {
    await start({ KANADE_TRUSTED_PROXIES: '127.0.0.1' });
    for (let n = 100; n < 130; n += 1) expect(await guess(n)).toBe(401);
    // The one who guesses is slowed down all the same; on a slow machine the first waits are over by themselves.
    const attempt = { username: 'ada', password: 'x' };
    const statuses: number[] = [];
    while (statuses.length < 15 && !statuses.includes(429))
      statuses.push((await ada.request('POST', '/api/session', attempt)).status);
    expect(statuses).toContain(429);
  });
});
