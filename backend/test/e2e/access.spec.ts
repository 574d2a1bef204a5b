import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { reaches, ROLES, SCOPES, type Role, type Scope } from '../../src/common/access.js';
import { newId } from '../../src/common/id.js';
import { Client } from '../support/client.js';
import { ROUTES, type RouteRight } from '../support/routes.js';
import { removeFolder, startServer, temporaryFolder, type RunningServer } from '../support/server.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(180_000);

/** Somebody who asks: `headers` are all that tells who. */
interface Asker {
  readonly name: string;
  readonly role: Role | null;
  readonly scopes: readonly Scope[] | null;
  readonly headers: Readonly<Record<string, string>>;
}

const PASSWORD = 'correct horse';

/** Whether the route's own code is reached; what it says to a wrong body or an unknown id is its business. */
const mayUse = ({ role, scopes }: Asker, right: RouteRight): boolean => {
  if (right.role === 'anybody') return true;
  if (role === null || !reaches(role, right.role)) return false;
  return scopes === null || (right.key !== 'none' && right.key !== 'any' && scopes.includes(right.key));
};

describe('who may use which route', () => {
  let home: string;
  let server: RunningServer;
  let admin: Client;
  const askers: Asker[] = [];
  let routes: readonly string[];

  beforeAll(async () => {
    home = temporaryFolder('access');
    mkdirSync(join(home, 'music'));
    server = await startServer({ music: [join(home, 'music')], data: join(home, 'data') });
    admin = new Client(server.url);
    await admin.setUp('ada', PASSWORD);
    askers.push({ name: 'nobody', role: null, scopes: null, headers: {} });
    askers.push({
      name: 'a made-up session',
      role: null,
      scopes: null,
      headers: { cookie: `kanade_session=${'A'.repeat(43)}` },
    });
    for (const role of ROLES) await addPerson(role);
    const document = await admin.get<{ paths: Record<string, Record<string, unknown>> }>('/api/openapi.json');
    routes = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
  });
  afterAll(async () => {
    await server.stop();
    removeFolder(home);
  });

  /** A person of this role with a session, a key of every scope, one key a scope, and one that was revoked. */
  const addPerson = async (role: Role): Promise<void> => {
    await admin.json('POST', '/api/users', { username: role, password: PASSWORD, role });
    const client = admin.another();
    await client.signIn(role, PASSWORD);
    askers.push({ name: role, role, scopes: null, headers: { cookie: client.session } });
    const makeKey = (scopes: readonly Scope[]) =>
      client.json<{ id: string; key: string }>('POST', '/api/me/keys', { name: scopes.join(), scopes });
    for (const scopes of [[...SCOPES], ...SCOPES.map((scope) => [scope])]) {
      const { key } = await makeKey(scopes);
      const name = `${role}’s key for ${scopes.join()}`;
      askers.push({ name, role, scopes, headers: { authorization: `Bearer ${key}` } });
    }
    const revoked = await makeKey([...SCOPES]);
    expect((await client.request('DELETE', `/api/me/keys/${revoked.id}`)).status).toBe(204);
    const headers = { authorization: `Bearer ${revoked.key}` };
    askers.push({ name: `${role}’s revoked key`, role: null, scopes: null, headers });
  };

  /** A body that no route takes and an id of nothing: whoever gets through changes nothing. */
  const ask = async (route: string, { headers }: Asker): Promise<{ status: number; code: string }> => {
    const [method = '', path = ''] = route.split(' ');
    const response = await fetch(new URL(path.replace('{id}', newId()), server.url), {
      method,
      headers: {
        ...headers,
        ...(method === 'GET' || method === 'DELETE' ? {} : { 'content-type': 'application/json' }),
      },
      ...(method === 'GET' || method === 'DELETE' ? {} : { body: '{"nothing":"of this name"}' }),
    });
    const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') === true;
    const code = isProblem ? ((await response.json()) as { code: string }).code : '';
    if (!isProblem) await response.body?.cancel();
    return { status: response.status, code };
  };

  it('is said for every route there is, and for none that is not', () => {
    expect([...routes].sort()).toEqual(Object.keys(ROUTES).sort());
  });

  /** These end what asks, whoever it is: they are tried last, and scans are asked for once only. */
  const LAST = ['DELETE /api/session', 'DELETE /api/me/devices', 'POST /api/library/scan'];
  const ORDERED = [...Object.keys(ROUTES).filter((route) => !LAST.includes(route)), ...LAST.toReversed()];

  it.each(ORDERED)('%s', async (route) => {
    const right = ROUTES[route];
    if (right === undefined) throw new Error('no row');
    for (const asker of askers) {
      const answer = await ask(route, asker);
      const refusal = asker.role === null ? 401 : 403;
      const who = { who: asker.name, ...answer };
      if (mayUse(asker, right)) {
        expect([who.who, [401, 403].includes(answer.status) || answer.status >= 500]).toEqual([
          who.who,
          false,
        ]);
      } else {
        expect(who).toEqual({
          ...who,
          status: refusal,
          code: refusal === 401 ? 'NOT_SIGNED_IN' : 'FORBIDDEN',
        });
      }
    }
  });
});
