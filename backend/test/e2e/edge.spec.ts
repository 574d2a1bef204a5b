import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { selfSignedCertificate } from '../support/certificate.js';
import { rawRequest, type RawAnswer, type RawOptions } from '../support/raw-request.js';
import {
  freePort,
  removeFolder,
  startServer,
  temporaryFolder,
  type RunningServer,
  type ServerOptions,
} from '../support/server.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(300_000);

const ANN = { username: 'ann', password: 'correct horse' };

describe('the edge of the house', () => {
  let home: string;
  let server: RunningServer;

  beforeAll(() => {
    home = temporaryFolder('edge');
    mkdirSync(join(home, 'music'));
  });
  afterAll(() => removeFolder(home));
  afterEach(() => server.stop());

  const start = async (options: Partial<ServerOptions> = {}): Promise<void> => {
    server = await startServer({ music: [join(home, 'music')], data: join(home, 'data'), ...options });
  };
  const ask = (path: string, options: RawOptions = {}): Promise<RawAnswer> =>
    rawRequest(new URL(path, server.url), options);
  const signIn = (options: RawOptions = {}): Promise<RawAnswer> =>
    ask('/api/session', { method: 'POST', body: ANN, ...options });

  it('before set-up only health, set-up and that page’s own files are reachable', async () => {
    await start();
    expect((await ask('/api/health')).status).toBe(200);
    expect(JSON.parse((await ask('/api/setup')).text)).toEqual({ needed: true });
    const page = await ask('/setup');
    expect(page.status).toBe(200);
    const ownFiles = [...page.text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path ?? '');
    expect(ownFiles.length).toBeGreaterThan(3);
    for (const path of ownFiles) expect([path, (await ask(path)).status]).toEqual([path, 200]);

    for (const path of ['/', '/library', '/signin', '/albums/1', '/nothing'])
      expect(await ask(path)).toMatchObject({ status: 307, headers: { location: '/setup' } });
    for (const path of [
      '/api/me',
      '/api/metrics',
      '/api/tracks',
      '/api/library/status',
      '/api/docs',
      '/api/openapi.json',
    ])
      expect([path, JSON.parse((await ask(path)).text)]).toEqual([
        path,
        expect.objectContaining({ code: 'SETUP_REQUIRED' }),
      ]);
    expect((await signIn()).status).not.toBe(200);
    const id = '01990000-0000-7000-8000-000000000000';
    expect((await ask(`/media/${id}/dash.mpd`)).status).toBe(403);

    const setup = { method: 'POST', body: ANN };
    expect((await ask('/api/setup', setup)).status).toBe(201);
    expect(await ask('/api/setup', setup)).toMatchObject({ status: 409 });
    expect((await ask('/library')).status).toBe(200);
  });

  it('over plain HTTP the cookie has a plain name, and every kind of answer carries the security headers', async () => {
    await start();
    const signedIn = await signIn();
    const [cookie = ''] = signedIn.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(/^kanade_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+$/);
    const session = cookie.split(';', 1)[0] ?? '';
    expect((await ask('/api/me', { headers: { cookie: session } })).status).toBe(200);

    const kinds: readonly (readonly [string, string, RawOptions])[] = [
      ['a page', '/library', {}],
      ['a page that is not there', '/no/such/page', {}],
      ['JSON', '/api/health', {}],
      ['a refusal', '/api/me', {}],
      ['a route that is not there', '/api/nothing', {}],
      ['a body that is wrong', '/api/session', { method: 'POST', body: { user: 'ann' } }],
      ['a foreign write', '/api/session', { method: 'POST', headers: { origin: 'http://evil.test' } }],
      ['a signature that is missing', '/media/01990000-0000-7000-8000-000000000000/dash.mpd', {}],
      ['media that are not there', '/media/nothing', {}],
      ['the API’s reader', '/api/openapi.json', { headers: { cookie: session } }],
    ];
    for (const [kind, path, options] of kinds) {
      const { headers } = await ask(path, options);
      expect({ kind, ...headers }).toMatchObject({
        kind,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'content-security-policy': expect.stringMatching(/default-src 'none'.*frame-ancestors 'none'/),
      });
      expect(headers['strict-transport-security']).toBeUndefined();
    }
    const policy = (await ask('/library')).headers['content-security-policy'];
    expect(policy).toMatch(/script-src 'self'( 'sha256-[\w+/=]+')+;/);
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
  });

  it('a write that another site’s page sends is refused, and one’s own goes through', async () => {
    await start();
    const own = new URL(server.url);
    const refused: readonly Readonly<Record<string, string>>[] = [
      { origin: 'http://evil.test' },
      { origin: `http://${own.hostname}:1` },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const headers of refused)
      expect([headers, JSON.parse((await signIn({ headers })).text)]).toEqual([
        headers,
        expect.objectContaining({ status: 403, code: 'FOREIGN_ORIGIN' }),
      ]);
    expect((await signIn({ headers: { origin: own.origin, 'sec-fetch-site': 'same-origin' } })).status).toBe(
      200,
    );
    expect((await signIn()).status).toBe(200);
  });

  it('with a certificate of its own: HTTPS alone, HSTS, and a cookie that no other host can set', async () => {
    const { certificate, key } = selfSignedCertificate();
    const [certPath, keyPath] = [join(home, 'cert.pem'), join(home, 'key.pem')];
    writeFileSync(certPath, certificate);
    writeFileSync(keyPath, key);
    await start({ arguments: ['--tls-cert', certPath, '--tls-key', keyPath] });
    expect(server.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    const signedIn = await signIn({ certificate });
    expect(signedIn.headers['strict-transport-security']).toMatch(/^max-age=\d{8}/);
    const [cookie = ''] = signedIn.headers['set-cookie'] ?? [];
    expect(cookie).toMatch(
      /^__Host-kanade_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+; Secure$/,
    );
    const headers = { cookie: cookie.split(';', 1)[0] ?? '' };
    expect(JSON.parse((await ask('/api/me', { certificate, headers })).text)).toMatchObject({
      username: 'ann',
    });
    expect((await ask('/library', { certificate })).headers['strict-transport-security']).toBeDefined();
    await expect(rawRequest(server.url.replace('https', 'http'))).rejects.toThrow();
  });

  it('behind a proxy that speaks HTTPS the cookie is Secure, and writes from the public address are one’s own', async () => {
    const port = await freePort();
    await start({
      port,
      env: { KANADE_PUBLIC_URL: 'https://music.example', KANADE_TRUSTED_PROXIES: '127.0.0.1' },
    });
    expect(server.url).toBe('https://music.example');
    const session = `http://127.0.0.1:${port}/api/session`;
    const origin = { origin: 'https://music.example', 'x-forwarded-proto': 'https' };
    const signedIn = await rawRequest(session, { method: 'POST', body: ANN, headers: origin });
    expect(signedIn.status).toBe(200);
    expect(signedIn.headers['set-cookie']?.[0]).toMatch(/^__Host-kanade_session=.*; Secure$/);
    expect(signedIn.headers['strict-transport-security']).toBeDefined();
    const foreign = { origin: 'https://music.example.evil.test' };
    expect(await rawRequest(session, { method: 'POST', body: ANN, headers: foreign })).toMatchObject({
      status: 403,
    });
  });
});
