import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { AlbumDetail, AlbumSummary, ArtistDetail, TrackSummary } from '../../src/catalog/catalog.dto.js';
import type { Page } from '../../src/common/page.js';
import type { ManagedLibraries, ManagedLibrary } from '../../src/libraries/libraries.dto.js';
import type { SearchAnswer } from '../../src/search/search.dto.js';
import type { QueueGrantDto } from '../../src/streaming/playback.dto.js';
import { Client, eventually } from '../support/client.js';
import { EventStream } from '../support/event-stream.js';
import { MUSIC, settleFiles, writeTrack } from '../support/music-folder.js';
import { isSettled, libraryStatus } from '../support/music-server.js';
import { startServer, type RunningServer } from '../support/server.js';
import { ToneFolder } from '../support/tones.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(180_000);

/** One artist and one genre in both folders; of each folder an album with a picture of its own. */
const SONGS = [
  { folder: 'open', title: 'Harbour', cover: 'teal' },
  { folder: 'closed', title: 'Attic', cover: 'maroon' },
] as const;

const writeFolders = async (tones: ToneFolder): Promise<string[]> => {
  for (const { folder, title, cover } of SONGS)
    await writeTrack(tones, {
      name: `${folder}/${title}.flac`,
      cover,
      tone: { seconds: 1, frequencyHz: 440, channels: 1 },
      args: ['title', 'artist', 'album', 'genre'].flatMap((tag) => [
        '-metadata',
        `${tag}=${{ title, artist: 'Mio Both', album: `${title} album`, genre: 'Ambient' }[tag]}`,
      ]),
    });
  await settleFiles(tones.path(MUSIC));
  return SONGS.map(({ folder }) => tones.path(`${MUSIC}/${folder}`));
};

describe('a library that is open to some', () => {
  let tones: ToneFolder;
  let server: RunningServer;
  let ada: Client;
  let leo: Client;
  let closed: ManagedLibrary;
  let hidden: { readonly track: TrackSummary; readonly album: AlbumSummary };

  beforeAll(async () => {
    tones = await ToneFolder.create();
    server = await startServer({ music: await writeFolders(tones), data: tones.path('data') });
    ada = new Client(server.url);
    await ada.setUp('ada');
    await eventually(
      () => libraryStatus(ada),
      (status) => isSettled(status) && status.files.ready === SONGS.length,
    );
    await ada.json('POST', '/api/users', { username: 'leo', password: 'battery staple', role: 'listener' });
    leo = ada.another();
    await leo.signIn('leo', 'battery staple');
    const { items } = await ada.get<ManagedLibraries>('/api/libraries');
    closed = items.find(({ name }) => name === 'closed') ?? failing('the second folder is no library');
    const find = <T extends { readonly title: string }>(page: Page<T>): T =>
      page.items.find(({ title }) => title.startsWith('Attic')) ?? failing('the attic was not taken in');
    hidden = { track: find(await ada.get('/api/tracks')), album: find(await ada.get('/api/albums')) };
  });
  afterAll(async () => {
    await server.stop();
    await tones.remove();
  });

  const failing = (reason: string): never => {
    throw new Error(reason);
  };
  const close = (change: object): Promise<ManagedLibrary> =>
    ada.json('PATCH', `/api/libraries/${closed.id}`, change);
  const titles = async (client: Client, path: string): Promise<readonly string[]> =>
    (await client.get<Page<{ title?: string; name?: string }>>(path)).items.map(
      ({ title, name }) => title ?? name ?? '',
    );
  /** What somebody is told of the attic, wherever it could show. */
  const statuses = (client: Client): Promise<readonly number[]> =>
    Promise.all(
      [
        ['GET', `/api/tracks/${hidden.track.id}`],
        ['GET', `/api/albums/${hidden.album.id}`],
        ['GET', `/api/artwork/${hidden.album.artwork?.id}`],
        ['GET', `/api/tracks/${hidden.track.id}/playback`],
        ['POST', '/api/playback'],
      ].map(async ([method = '', path = '']) => {
        const body = method === 'POST' ? { trackIds: [hidden.track.id], codec: 'opus' } : undefined;
        return (await client.request(method, path, body)).status;
      }),
    );

  it('is open to every listener at first', async () => {
    expect(closed).toMatchObject({ openTo: 'listener', members: [] });
    expect(await titles(leo, '/api/tracks')).toEqual(['Attic', 'Harbour']);
    expect(await statuses(leo)).toEqual([200, 200, 200, 200, 200]);
  });

  it('is closed to those who are not named: in lists, counts, searches, pictures and playing', async () => {
    expect(await close({ openTo: null })).toMatchObject({ openTo: null });
    expect(await statuses(leo)).toEqual([404, 404, 404, 404, 404]);
    expect(await titles(leo, '/api/tracks')).toEqual(['Harbour']);
    expect(await titles(leo, '/api/albums')).toEqual(['Harbour album']);
    const { items: genres } = await leo.get<Page<{ trackCount: number }>>('/api/genres');
    expect(genres).toMatchObject([{ trackCount: 1 }]);
    const [artist] = (await leo.get<Page<{ id: string }>>('/api/artists')).items;
    expect(artist).toMatchObject({ trackCount: 1, albumCount: 1 });
    const { albums, topTracks } = await leo.get<ArtistDetail>(`/api/artists/${artist?.id}`);
    expect([...albums, ...topTracks].map(({ title }) => title)).toEqual(['Harbour album', 'Harbour']);
    const found = await leo.get<SearchAnswer>('/api/search?q=attic');
    expect([found.top, found.tracks, found.albums]).toEqual([null, [], []]);
    expect((await leo.get<SearchAnswer>('/api/search?q=mio')).artists).toMatchObject([{ trackCount: 1 }]);
    const { files, libraries } = await libraryStatus(leo);
    expect([files.ready, libraries.map(({ name }) => name)]).toEqual([1, ['open']]);
    expect(await statuses(ada)).toEqual([200, 200, 200, 200, 200]);
  });

  it('is open to whoever is named, and closed again when they no longer are', async () => {
    const { id } = await leo.get<{ id: string }>('/api/me');
    expect((await close({ memberIds: [id] })).members).toEqual([{ id, username: 'leo' }]);
    expect(await statuses(leo)).toEqual([200, 200, 200, 200, 200]);
    const { discs } = await leo.get<AlbumDetail>(`/api/albums/${hidden.album.id}`);
    expect(discs.flatMap(({ tracks }) => tracks)).toHaveLength(1);
    await close({ memberIds: [] });
    expect(await statuses(leo)).toEqual([404, 404, 404, 404, 404]);
  });

  /** Has the smallest rung of a track made, which no ladder makes ahead. */
  const listen = async (track: string): Promise<void> => {
    const body = { trackIds: [track], codec: 'aac' };
    const { items } = await ada.json<QueueGrantDto>('POST', '/api/playback', body);
    const rung = items[0]?.rungs.find(({ bitrateKbps }) => bitrateKbps === 96) ?? failing('no such rung');
    expect((await ada.request('GET', rung.segments.replace('$Number$', '0'))).status).toBe(200);
  };

  it('is nothing that events tell of, and a stream ends once its listener sees other libraries', async () => {
    await close({ openTo: null, memberIds: [] });
    const [told, closedTo] = await Promise.all([EventStream.open(ada), EventStream.open(leo)]);
    await listen(hidden.track.id);
    await eventually(
      () => Promise.resolve(told.text),
      (text) => text.includes(hidden.track.id),
    );
    const [open] = (await leo.get<Page<TrackSummary>>('/api/tracks')).items;
    await listen(open?.id ?? failing('nothing is open'));
    // Events come in their order: what was to be told before this one was told.
    await eventually(
      () => Promise.resolve(closedTo.text),
      (text) => text.includes(open?.id ?? ''),
    );
    expect(closedTo.text).not.toContain(hidden.track.id);

    const { id } = await leo.get<{ id: string }>('/api/me');
    await close({ memberIds: [id] });
    await eventually(
      () => Promise.resolve(closedTo.hasEnded),
      (hasEnded) => hasEnded,
    );
    const openTo = await EventStream.open(leo);
    await close({ memberIds: [] });
    await eventually(
      () => Promise.resolve(openTo.hasEnded),
      (hasEnded) => hasEnded,
    );
    expect(told.hasEnded).toBe(false);
    told.close();
  });

  it('is changed whole or not at all, and the log tells by whom', async () => {
    const before = await ada.get<ManagedLibraries>('/api/libraries');
    const nobody = '01890000-0000-7000-8000-000000000000';
    const refused = await ada.request('PATCH', `/api/libraries/${closed.id}`, {
      name: 'Loft',
      memberIds: [nobody],
    });
    expect([refused.status, await refused.json()]).toMatchObject([404, { code: 'USER_NOT_FOUND' }]);
    expect((await ada.request('PATCH', `/api/libraries/${closed.id}`, { root: '/' })).status).toBe(400);
    expect((await ada.request('PATCH', `/api/libraries/${nobody}`, { name: 'x' })).status).toBe(404);
    expect(await ada.get('/api/libraries')).toEqual(before);
    const { items } = await ada.get<Page<{ action: string; actorName: string }>>('/api/audit');
    expect(items[0]).toMatchObject({ action: 'library.change', actorName: 'ada' });
  });
});
