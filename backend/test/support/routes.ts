import type { Role, Scope } from '../../src/common/access.js';

/** Who may use a route, said again by hand: `key` is what a program's key must be good for. */
export interface RouteRight {
  readonly role: Role | 'anybody';
  readonly key: Scope | 'none' | 'any';
}

const open: RouteRight = { role: 'anybody', key: 'any' };
const own: RouteRight = { role: 'guest', key: 'none' };
const read: RouteRight = { role: 'listener', key: 'read' };
const admin: RouteRight = { role: 'admin', key: 'admin' };

/** A row a route; one without a row fails the suite. */
export const ROUTES: Readonly<Record<string, RouteRight>> = {
  'GET /api/health': open,
  'GET /api/setup': open,
  'POST /api/setup': open,
  'POST /api/session': open,
  'DELETE /api/session': open,
  'POST /api/invitations/look': open,
  'POST /api/invitations/accept': open,
  'GET /api/me': { role: 'guest', key: 'read' },
  'GET /api/me/devices': own,
  'DELETE /api/me/devices': own,
  'DELETE /api/me/devices/{id}': own,
  'POST /api/me/password': own,
  'GET /api/me/keys': own,
  'POST /api/me/keys': own,
  'DELETE /api/me/keys/{id}': own,
  'PUT /api/me/opinions/{kind}/{id}': { role: 'listener', key: 'write' },
  'POST /api/me/opinions/look': read,
  'GET /api/me/likes/{kind}': read,
  'GET /api/me/follows': read,
  'GET /api/users': admin,
  'POST /api/users': admin,
  'PATCH /api/users/{id}': admin,
  'DELETE /api/users/{id}': admin,
  'GET /api/invitations': admin,
  'POST /api/invitations': admin,
  'DELETE /api/invitations/{id}': admin,
  'GET /api/audit': admin,
  'GET /api/metrics': { role: 'admin', key: 'metrics' },
  'GET /api/events': read,
  'GET /api/tracks': read,
  'GET /api/tracks/{id}': read,
  'GET /api/albums': read,
  'GET /api/albums/{id}': read,
  'GET /api/artists': read,
  'GET /api/artists/{id}': read,
  'GET /api/genres': read,
  'GET /api/artwork/{id}': read,
  'GET /api/search': read,
  'GET /api/tracks/{id}/playback': read,
  'POST /api/playback': read,
  'GET /api/library/status': read,
  'GET /api/libraries': admin,
  'PATCH /api/libraries/{id}': admin,
  'POST /api/library/scan': { role: 'curator', key: 'curate' },
  'POST /api/library/confirm': admin,
};
