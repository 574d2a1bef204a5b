import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { AlbumSummary, TrackSummary } from '../../src/catalog/catalog.dto.js';
import type { Page } from '../../src/common/page.js';
import type { ManagedLibraries } from '../../src/libraries/libraries.dto.js';
import type { MadeShareDto, ReceivedShare, ShareDto, SharedMusic } from '../../src/shares/shares.dto.js';
import type { PlaybackGrantDto, QueueGrantDto } from '../../src/streaming/playback.dto.js';
import { eventually, type Client } from '../support/client.js';
import { MusicServer } from '../support/music-server.js';
import { askDatabase } from '../support/server-database.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(180_000);

const PASSWORD = 'battery staple';

describe('what is shared', () => {
  let music: MusicServer;
  let mia: Client;
  let gus: Client;
  let nobody: Client;
  let tracks: readonly TrackSummary[];
  let album: AlbumSummary;

  const person = async (username: string, role: string): Promise<Client> => {
    await music.client.json('POST', '/api/users', { username, password: PASSWORD, role });
    const client = music.client.another();
    await client.signIn(username, PASSWORD);
    return client;
  };

  beforeAll(async () => {
    music = await MusicServer.start();
    await music.settled(({ files }) => files.ready > 5);
    [mia, gus] = [await person('mia', 'listener'), await person('gus', 'guest')];
    nobody = music.client.another();
    tracks = (await mia.get<Page<TrackSummary>>('/api/tracks')).items;
    const albums = (await mia.get<Page<AlbumSummary>>('/api/albums')).items;
    album = albums.find(({ title }) => title === '夜想') ?? failing('the album was not taken in');
  });
  afterAll(() => music.remove());

  const failing = (reason: string): never => {
    throw new Error(reason);
  };
  const share = (by: Client, body: object): Promise<MadeShareDto> => by.json('POST', '/api/shares', body);
  const link = async (kind = 'album', id = album.id): Promise<{ id: string; token: string }> => {
    const made = await share(mia, { kind, id });
    return { id: made.id, token: made.token ?? failing('no token') };
  };
  const look = (token: string, place: object = {}): Promise<SharedMusic> =>
    nobody.json('POST', '/api/shares/look', { token, ...place });
  const play = (token: string, trackIds: readonly string[]): Promise<QueueGrantDto> =>
    nobody.json('POST', '/api/shares/playback', { token, trackIds, codec: 'opus' });
  const pictureOf = ({ artwork }: SharedMusic): string =>
    artwork?.url.replace('$Size$', '256') ?? failing('no picture');
  /** All that one holds who has opened a share and begun to listen. */
  const addressesOf = async (token: string): Promise<readonly string[]> => {
    const shared = await look(token);
    const grant = await play(token, shared.items.map(({ id }) => id).slice(0, 1));
    const [rung] = grant.items[0]?.rungs ?? [];
    return [pictureOf(shared), grant.dash, rung?.init ?? '', rung?.segments.replace('$Number$', '0') ?? ''];
  };
  const statuses = (addresses: readonly string[]): Promise<readonly number[]> =>
    Promise.all(
      addresses.map(async (address) => {
        const response = await music.media(address);
        await response.body?.cancel();
        return response.status;
      }),
    );
  const refused = (addresses: readonly string[]): Promise<readonly number[]> =>
    eventually(
      () => statuses(addresses),
      (all) => all.every((status) => status === 403),
    );
  const codeOf = async (path: string, body: object): Promise<string> =>
    ((await (await nobody.request('POST', path, body)).json()) as { code: string }).code;
  const isGone = async (token: string, trackId: string): Promise<readonly string[]> => [
    await codeOf('/api/shares/look', { token }),
    await codeOf('/api/shares/playback', { token, trackIds: [trackId], codec: 'opus' }),
  ];
  const GONE = ['SHARE_NOT_FOUND', 'SHARE_NOT_FOUND'];

  it('is heard and seen by whoever holds the link, without an account', async () => {
    const { token } = await link();
    const shared = await look(token);
    expect(shared).toMatchObject({ kind: 'album', title: '夜想', artists: ['水無月'], trackCount: 2 });
    expect(shared.items.map(({ title, artists, album: of }) => [title, artists, of])).toEqual([
      ['夜の海', ['水無月'], '夜想'],
      ['暁光', ['水無月'], '夜想'],
    ]);
    expect(await statuses(await addressesOf(token))).toEqual([200, 200, 200, 200]);
    const picture = await music.media(pictureOf(shared), { headers: { accept: 'image/webp' } });
    expect(picture.headers.get('content-type')).toBe('image/webp');
    const first = await look(token, { limit: 1 });
    const rest = await look(token, { limit: 1, cursor: first.nextCursor });
    expect([first.items, rest.items].flat().map(({ title }) => title)).toEqual(['夜の海', '暁光']);
    expect(rest.nextCursor).toBeNull();
  });

  it('opens nothing but what it is of: no other track, no file, no page of the catalogue', async () => {
    const { token } = await link();
    const { items } = await look(token);
    const [inside] = items;
    const outside = tracks.find(({ id }) => items.every((item) => item.id !== id)) ?? failing('one album');
    const body = { token, trackIds: [inside?.id, outside.id], codec: 'opus' };
    expect(await codeOf('/api/shares/playback', body)).toBe('TRACK_NOT_FOUND');
    const grant = await play(token, [inside?.id ?? '']);
    const [rung] = grant.items[0]?.rungs ?? [];
    const query = rung?.init.split('?')[1] ?? '';
    expect(
      await statuses([
        `/media/${inside?.id}/original?${query}`,
        `/media/${outside.id}/dash.mpd?${query}`,
        `/media/artwork/${tracks[0]?.artwork?.id ?? outside.id}/256?${query}`,
        rung?.init.replace(/&e=\d+/, '&e=99999999999') ?? '',
      ]),
    ).toEqual([403, 403, 403, 403]);
    const withToken = await nobody.request('GET', `/api/tracks/${inside?.id}`, undefined, {
      authorization: `Bearer ${token}`,
    });
    expect(withToken.status).toBe(401);
  });

  it('is taken back at once: page, manifest, segment and picture alike, and no other share with it', async () => {
    const [gone, kept] = [await link(), await link()];
    const [of, others] = [await addressesOf(gone.token), await addressesOf(kept.token)];
    expect((await gus.request('DELETE', `/api/shares/${gone.id}`)).status).toBe(403);
    expect((await music.client.request('DELETE', `/api/shares/${gone.id}`)).status).toBe(404);
    expect((await mia.request('DELETE', `/api/shares/${gone.id}`)).status).toBe(204);
    expect(await isGone(gone.token, tracks[0]?.id ?? '')).toEqual(GONE);
    await refused(of);
    expect(await statuses(others)).toEqual([200, 200, 200, 200]);
    const { items } = await mia.get<Page<ShareDto>>('/api/shares');
    expect(items.find(({ id }) => id === gone.id)).toMatchObject({ ended: true });
    expect(JSON.stringify(items)).not.toContain(gone.token);
  });

  it('ends when its time is over, and no address that it gave outlives it', async () => {
    const { id, token } = await link();
    await askDatabase(
      music.dataDir,
      `UPDATE shares SET expires_at = now() + interval '4 seconds' WHERE id = '${id}'`,
    );
    const addresses = await addressesOf(token);
    await refused(addresses);
    // Addresses end with the second before it.
    await eventually(
      () => isGone(token, tracks[0]?.id ?? ''),
      (codes) => codes.join() === GONE.join(),
    );
    const plain = await askDatabase(music.dataDir, `SELECT FROM shares WHERE shares::text LIKE '%${token}%'`);
    expect(plain).toEqual([]);
  });

  it('shows no more than its maker still sees: a folder closed to them takes it back, opened again it is there', async () => {
    const { token } = await link();
    await share(mia, { kind: 'album', id: album.id, people: ['gus'] });
    await share(mia, { kind: 'track', id: tracks[0]?.id, people: ['gus'] });
    const received = async (): Promise<readonly string[]> =>
      (await gus.get<Page<ReceivedShare>>('/api/me/shared')).items.map(({ title }) => title);
    const made = async (): Promise<readonly string[]> =>
      (await mia.get<Page<ShareDto>>('/api/shares?limit=3')).items.map(({ title }) => title);
    const names = [tracks[0]?.title, album.title];
    expect([await received(), await made()]).toEqual([names, [...names, album.title]]);
    const addresses = await addressesOf(token);
    const own = await mia.get<PlaybackGrantDto>(`/api/tracks/${tracks[0]?.id}/playback`);
    const [library] = (await music.client.get<ManagedLibraries>('/api/libraries')).items;
    const open = (openTo: string | null): Promise<unknown> =>
      music.client.json('PATCH', `/api/libraries/${library?.id}`, { openTo });
    const bosses = await music.client.get<PlaybackGrantDto>(`/api/tracks/${tracks[0]?.id}/playback`);
    await open(null);
    expect(await isGone(token, tracks[0]?.id ?? '')).toEqual(GONE);
    // Titles are told by lists, too; the shares themselves can still be taken back.
    expect([await received(), await made()]).toEqual([[], ['', '', '']]);
    // Her own addresses end with it, and nobody else's.
    await refused([...addresses, own.dash, own.original]);
    expect(await statuses([bosses.dash, bosses.original])).toEqual([200, 200]);
    expect((await mia.request('GET', '/api/me')).status).toBe(200);
    await open('listener');
    expect((await look(token)).trackCount).toBe(2);
    expect([await received(), await made()]).toEqual([names, [...names, album.title]]);
    for (const { id } of (await mia.get<Page<ShareDto>>('/api/shares?limit=2')).items)
      await mia.request('DELETE', `/api/shares/${id}`);
    await eventually(
      async () => statuses(await addressesOf(token)),
      (all) => all.every((status) => status === 200),
    );
  });

  it('ends with its maker, however that comes about', async () => {
    const zoe = await person('zoe', 'listener');
    const { token } = await share(zoe, { kind: 'track', id: tracks[0]?.id });
    const addresses = await addressesOf(token ?? '');
    const { id } = await zoe.get<{ id: string }>('/api/me');
    await music.client.json('PATCH', `/api/users/${id}`, { disabled: true });
    expect(await isGone(token ?? '', tracks[0]?.id ?? '')).toEqual(GONE);
    await refused(addresses);
    await music.client.json('PATCH', `/api/users/${id}`, { disabled: false, role: 'guest' });
    expect(await isGone(token ?? '', tracks[0]?.id ?? '')).toEqual(GONE);
  });

  it('reaches people who are named, guests too, and nobody else', async () => {
    const made = await share(mia, { kind: 'album', id: album.id, people: ['GUS'], note: 'for the weekend' });
    expect(made).toMatchObject({ token: null, people: ['gus'] });
    const { items } = await gus.get<Page<ReceivedShare>>('/api/me/shared');
    expect(items).toMatchObject([{ id: made.id, kind: 'album', title: '夜想', from: 'mia' }]);
    const shared = await gus.get<SharedMusic>(`/api/me/shared/${made.id}`);
    const trackIds = shared.items.map(({ id }) => id);
    const body = { trackIds, codec: 'opus' };
    const grant = await gus.json<QueueGrantDto>('POST', `/api/me/shared/${made.id}/playback`, body);
    expect(await statuses([grant.dash, pictureOf(shared)])).toEqual([200, 200]);
    // A guest hears this and nothing else.
    for (const path of ['/api/tracks', `/api/tracks/${trackIds[0]}`, `/api/tracks/${trackIds[0]}/playback`])
      expect([path, (await gus.request('GET', path)).status]).toEqual([path, 403]);
    expect((await mia.request('GET', `/api/me/shared/${made.id}`)).status).toBe(404);
    const foreign = tracks.find(({ id }) => !trackIds.includes(id))?.id;
    const wider = { trackIds: [foreign], codec: 'opus' };
    expect((await gus.request('POST', `/api/me/shared/${made.id}/playback`, wider)).status).toBe(404);
    const unknown = await mia.request('POST', '/api/shares', {
      kind: 'album',
      id: album.id,
      people: ['who'],
    });
    expect([unknown.status, await unknown.json()]).toMatchObject([404, { field: 'people' }]);
    // What was signed for both of them ends with either.
    const again = music.client.another();
    await again.signIn('gus', PASSWORD);
    const other = await again.json<QueueGrantDto>('POST', `/api/me/shared/${made.id}/playback`, body);
    await again.request('DELETE', '/api/session');
    await refused([other.dash]);
    expect(await statuses([grant.dash])).toEqual([200]);
    await mia.request('DELETE', `/api/shares/${made.id}`);
    await refused([grant.dash]);
    expect((await gus.get<Page<ReceivedShare>>('/api/me/shared')).items).toEqual([]);
  });
});
