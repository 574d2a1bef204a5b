import type { Role, Scope } from '../../src/common/access.js';
import { blackPng } from './png.js';
import { entryOf, type Household, type ThingName } from './things.js';

/**
 * Who may use a route, said again by hand. A new route needs a row here, and nothing else:
 *
 * - `role` and `key`: the least role, and what a program's key must be good for.
 * - `thing`: what the id in the path (or in the body) names: a name out of `things.ts`. Mia, a listener, owns one or is
 *   let see it; Leo, a listener too, and the curator must get a 404 for its id, as for an id of nothing, and Mia must
 *   then still get a success. A kind of thing that is not there yet is added to `things.ts` in some lines. Every route
 *   with an id in its path needs one, but for those of administrators, whose ids are nobody's own.
 * - `body`: with `thing`, a body that would work for who owns it, made of the id and the house. `query`: the same for an address.
 * - `path`: with `thing`, the path's other parameters.
 * - `foreign`: what a stranger gets instead of 404, where that is right.
 */
export interface RouteRight {
  readonly role: Role | 'anybody';
  readonly key: Scope | 'none' | 'any';
  readonly thing?: ThingName;
  readonly body?: (id: string, house: Household) => unknown;
  readonly query?: string;
  readonly path?: Readonly<Record<string, string>>;
  readonly foreign?: number;
}

const open: RouteRight = { role: 'anybody', key: 'any' };
const own: RouteRight = { role: 'guest', key: 'none' };
const read: RouteRight = { role: 'listener', key: 'read' };
const write: RouteRight = { role: 'listener', key: 'write' };
/** Of people who may: those of this test all may. */
const download: RouteRight = { role: 'listener', key: 'download' };
const admin: RouteRight = { role: 'admin', key: 'admin' };
/** What gives out rights: a key that could would be worth more than its scopes. */
const inPerson: RouteRight = { role: 'admin', key: 'none' };

/** A row a route; one without a row fails the suite. */
export const ROUTES: Readonly<Record<string, RouteRight>> = {
  'GET /api/health': open,
  'GET /api/openapi.json': open,
  'GET /api/docs': open,
  'GET /api/setup': open,
  'POST /api/setup': open,
  'POST /api/session': open,
  'DELETE /api/session': open,
  'POST /api/invitations/look': open,
  'POST /api/invitations/accept': open,
  'GET /api/me': { role: 'guest', key: 'read' },
  'GET /api/me/devices': own,
  'DELETE /api/me/devices': own,
  'DELETE /api/me/devices/{id}': { ...own, thing: 'device' },
  'POST /api/me/password': own,
  'GET /api/me/export': own,
  'POST /api/me/deletion': own,
  'GET /api/me/keys': own,
  'POST /api/me/keys': own,
  'DELETE /api/me/keys/{id}': { ...own, thing: 'key' },
  'PUT /api/me/opinions/{kind}/{id}': {
    ...write,
    thing: 'track',
    path: { kind: 'track' },
    body: () => ({ liked: true }),
  },
  'POST /api/me/opinions/look': read,
  'GET /api/me/likes/{kind}': read,
  'GET /api/me/follows': read,
  'GET /api/me/shared': { role: 'guest', key: 'read' },
  'GET /api/me/shared/{id}': { role: 'guest', key: 'read', thing: 'receivedShare' },
  'POST /api/me/shared/{id}/playback': {
    role: 'guest',
    key: 'read',
    thing: 'receivedShare',
    body: (_, { attic }) => ({ trackIds: [attic.track.id], codec: 'opus' }),
  },
  'GET /api/shares': read,
  'POST /api/shares': {
    role: 'listener',
    key: 'none',
    thing: 'track',
    body: (id) => ({ kind: 'track', id }),
  },
  'DELETE /api/shares/{id}': { ...write, thing: 'share' },
  'POST /api/shares/look': open,
  'POST /api/shares/playback': open,
  'POST /api/me/offline': read,
  'GET /api/me/queue': read,
  'PUT /api/me/queue': write,
  'PATCH /api/me/queue': write,
  'GET /api/me/queue/tracks': read,
  'GET /api/playlists': read,
  'POST /api/playlists/preview': read,
  'POST /api/playlists': write,
  'POST /api/playlists/import': write,
  'GET /api/playlists/{id}': { ...read, thing: 'playlist' },
  'GET /api/playlists/{id}/export': { ...read, thing: 'playlist' },
  'PATCH /api/playlists/{id}': { ...write, thing: 'playlist', body: () => ({ revision: 1, title: 'New' }) },
  'DELETE /api/playlists/{id}': { ...write, thing: 'playlist' },
  'GET /api/playlists/{id}/entries': { ...read, thing: 'playlist' },
  'POST /api/playlists/{id}/entries': {
    ...write,
    thing: 'playlist',
    body: (_, { attic }) => ({ revision: 1, trackIds: [attic.track.id] }),
  },
  'POST /api/playlists/{id}/entries/move': {
    ...write,
    thing: 'playlist',
    body: (id) => ({ revision: 1, entryIds: [entryOf(id)] }),
  },
  'POST /api/playlists/{id}/entries/remove': {
    ...write,
    thing: 'playlist',
    body: (id) => ({ revision: 1, entryIds: [entryOf(id)] }),
  },
  'PUT /api/playlists/{id}/cover': {
    ...write,
    thing: 'playlist',
    query: '?revision=1',
    body: () => blackPng(64, 64),
  },
  'DELETE /api/playlists/{id}/cover': { ...write, thing: 'playlist', query: '?revision=1' },
  'GET /api/home': read,
  'GET /api/recommendations/discover-weekly': read,
  'POST /api/recommendations/discover-weekly/playlist': write,
  'POST /api/recommendations/radio': {
    ...read,
    thing: 'playlist',
    body: (id) => ({ seed: { kind: 'playlist', id } }),
  },
  'GET /api/recommendations/similar-tracks/{id}': { ...read, thing: 'track' },
  'POST /api/recommendations/train': admin,
  'GET /api/recommendations/trainings': admin,
  'POST /api/recommendations/rollback': admin,
  'GET /api/me/taste': read,
  'PATCH /api/me/taste': write,
  'POST /api/me/taste/reset': write,
  'GET /api/me/taste/blocks': read,
  'POST /api/me/taste/blocks': { ...write, thing: 'track', body: (id) => ({ kind: 'track', id }) },
  'DELETE /api/me/taste/blocks/{id}': { ...write, thing: 'tasteBlock' },
  'GET /api/me/taste/exclusions': read,
  'POST /api/me/taste/exclusions': { ...write, thing: 'playlist', body: (id) => ({ playlistId: id }) },
  'DELETE /api/me/taste/exclusions/{id}': { ...write, thing: 'tasteExclusion' },
  'POST /api/plays': write,
  'GET /api/me/history': read,
  'DELETE /api/me/history/{id}': { ...write, thing: 'play' },
  'DELETE /api/me/history/tracks/{id}': { ...write, thing: 'heardTrack' },
  'GET /api/me/most-played/{kind}': read,
  'GET /api/me/forgotten-favourites': read,
  'GET /api/me/statistics/{year}': read,
  'GET /api/users': admin,
  'POST /api/users': inPerson,
  'PATCH /api/users/{id}': inPerson,
  'DELETE /api/users/{id}': admin,
  'GET /api/invitations': admin,
  'POST /api/invitations': inPerson,
  'DELETE /api/invitations/{id}': admin,
  'GET /api/audit': admin,
  'GET /api/metrics': { role: 'admin', key: 'metrics' },
  'GET /api/events': read,
  'GET /api/tracks': read,
  'GET /api/tracks/{id}': { ...read, thing: 'track' },
  'GET /api/tracks/{id}/lyrics': { ...read, thing: 'track' },
  'GET /api/albums': read,
  'GET /api/albums/{id}': { ...read, thing: 'album' },
  'GET /api/artists': read,
  'GET /api/artists/{id}': { ...read, thing: 'artist' },
  'GET /api/genres': read,
  'GET /api/years': read,
  'GET /api/artwork/{id}': { ...read, thing: 'artwork' },
  'GET /api/search': read,
  'GET /api/tracks/{id}/playback': { ...read, thing: 'track' },
  'GET /api/tracks/{id}/download': { ...download, thing: 'track' },
  'GET /api/albums/{id}/download': { ...download, thing: 'album' },
  'GET /api/playlists/{id}/download': { ...download, thing: 'playlist' },
  'POST /api/playback': { ...read, thing: 'track', body: (id) => ({ trackIds: [id], codec: 'opus' }) },
  'POST /api/playback/experience': read,
  'GET /api/library/status': read,
  'GET /api/libraries': admin,
  'PATCH /api/libraries/{id}': admin,
  'POST /api/library/scan': { role: 'curator', key: 'curate' },
  'POST /api/library/confirm': admin,
};
