import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { reaches, ROLES, SCOPES, type Role, type Scope } from '../../src/common/access.js';
import { newId } from '../../src/common/id.js';
import type { Client } from '../support/client.js';
import { ROUTES, type RouteRight } from '../support/routes.js';
import { openHousehold, PASSWORD, THINGS, type Household } from '../support/things.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(180_000);

/** Somebody who asks: `headers` are all that tells who. */
interface Asker {
  readonly name: string;
  readonly role: Role | null;
  readonly scopes: readonly Scope[] | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** Not Nest's, so they do not stand in the document. */
const BESIDE_THE_DOCUMENT = ['GET /api/openapi.json', 'GET /api/docs'];

/** Whether the route's own code is reached; what it says to a wrong body or an unknown id is its business. */
const mayUse = ({ role, scopes }: Asker, right: RouteRight): boolean => {
  if (right.role === 'anybody') return true;
  if (role === null || !reaches(role, right.role)) return false;
  return scopes === null || (right.key !== 'none' && right.key !== 'any' && scopes.includes(right.key));
};

const rightOf = (route: string): RouteRight => {
  const right = ROUTES[route];
  if (right === undefined) throw new Error(`no row for ${route}`);
  return right;
};

/** The path's id, and its other parameters; what no row fills is an id of nothing. */
const fill = (path: string, id: string, others: Readonly<Record<string, string>> = {}): string =>
  path.replace(/\{(\w+)\}/g, (_, name: string) => (name === 'id' ? id : (others[name] ?? newId())));

describe('who may use which route', () => {
  let house: Household;
  const askers: Asker[] = [];
  const people = new Map<Role, Client>();
  let routes: readonly string[];

  beforeAll(async () => {
    house = await openHousehold();
    askers.push({ name: 'nobody', role: null, scopes: null, headers: {} });
    askers.push({
      name: 'a made-up session',
      role: null,
      scopes: null,
      headers: { cookie: `kanade_session=${'A'.repeat(43)}` },
    });
    const expired = { kind: 'track', id: house.attic.track.id };
    const share = await house.mia.json<{ id: string; token: string }>('POST', '/api/shares', expired);
    await house.mia.request('DELETE', `/api/shares/${share.id}`);
    const ofShare = { authorization: `Bearer ${share.token}`, cookie: `kanade_session=${share.token}` };
    askers.push({ name: 'a share that has ended', role: null, scopes: null, headers: ofShare });
    for (const role of ROLES) await addPerson(role);
    const document = await house.admin.get<{ paths: Record<string, Record<string, unknown>> }>(
      '/api/openapi.json',
    );
    routes = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
  });
  afterAll(() => house.remove());

  /** A person of this role with a session, a key of every scope, one key a scope, and one that was revoked. */
  const addPerson = async (role: Role): Promise<void> => {
    const body = { username: role, password: PASSWORD, role };
    const { id } = await house.admin.json<{ id: string }>('POST', '/api/users', body);
    await house.admin.json('PATCH', `/api/users/${id}`, { mayDownload: true });
    const client = house.admin.another();
    await client.signIn(role, PASSWORD);
    people.set(role, client);
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
    const hasBody = method !== 'GET' && method !== 'DELETE';
    const response = await fetch(new URL(fill(path, newId()), house.server.url), {
      method,
      headers: { ...headers, ...(hasBody ? { 'content-type': 'application/json' } : {}) },
      ...(hasBody ? { body: '{"nothing":"of this name"}' } : {}),
    });
    const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') === true;
    const code = isProblem ? ((await response.json()) as { code: string }).code : '';
    if (!isProblem) await response.body?.cancel();
    return { status: response.status, code };
  };

  it('is said for every route there is, and for none that is not', () => {
    expect([...routes, ...BESIDE_THE_DOCUMENT].sort()).toEqual(Object.keys(ROUTES).sort());
  });

  it('is said of every id, whose it is', () => {
    const silent = Object.entries(ROUTES).filter(
      ([route, { role, thing }]) => route.includes('{id}') && role !== 'admin' && thing === undefined,
    );
    expect(silent.map(([route]) => route)).toEqual([]);
  });

  describe.each(Object.keys(ROUTES).filter((route) => rightOf(route).thing !== undefined))('%s', (route) => {
    const { thing, role, body, query = '', path: others, foreign = 404 } = rightOf(route);
    const [method = '', path = ''] = route.split(' ');
    const status = async (client: Client, id: string): Promise<number> => {
      const response = await client.request(method, `${fill(path, id, others)}${query}`, body?.(id, house));
      await response.body?.cancel();
      return response.status;
    };

    it('knows nothing of what is somebody else’s, and works for whose it is', async () => {
      if (thing === undefined) throw new Error('no thing');
      const { make, admin } = THINGS[thing];
      const id = await make(house);
      const needed = role === 'anybody' ? 'guest' : role;
      const strangers: [string, Client, Role][] = [['leo', house.leo, 'listener']];
      for (const [each, client] of people)
        if (each !== 'admin' || admin === 'is a stranger') strangers.push([each, client, each]);
      for (const [name, client, has] of strangers)
        expect([name, await status(client, id)]).toEqual([name, reaches(has, needed) ? foreign : 403]);
      expect([await status(house.mia, newId()), await status(house.admin.another(), id)]).toEqual([
        404,
        role === 'anybody' ? foreign : 401,
      ]);
      if (admin === 'sees') expect(await status(house.admin, id)).toBeLessThan(300);
      expect(await status(house.mia, id)).toBeLessThan(300);
    });
  });

  /** These end what asks, whoever it is: they are tried last, and scans are asked for once only. */
  const LAST = ['DELETE /api/session', 'DELETE /api/me/devices', 'POST /api/library/scan'];
  const ORDERED = [...Object.keys(ROUTES).filter((route) => !LAST.includes(route)), ...LAST.toReversed()];

  it.each(ORDERED)('%s', async (route) => {
    const right = rightOf(route);
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
