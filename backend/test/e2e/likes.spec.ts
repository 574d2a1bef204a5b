import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { AlbumSummary, ArtistSummary, TrackSummary } from '../../src/catalog/catalog.dto.js';
import { newId } from '../../src/common/id.js';
import type { Page } from '../../src/common/page.js';
import type { Followed, Liked, LikedKind, Opinion, Opinions } from '../../src/likes/likes.dto.js';
import type { Client } from '../support/client.js';
import { MusicServer } from '../support/music-server.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(180_000);

describe('what a listener likes, rates and follows', () => {
  let music: MusicServer;
  let mia: Client;
  let leo: Client;
  let tracks: readonly TrackSummary[];
  let album: AlbumSummary;
  let artist: ArtistSummary;

  beforeAll(async () => {
    music = await MusicServer.start();
    await music.settled(({ files }) => files.ready > 5);
    const person = async (username: string): Promise<Client> => {
      const body = { username, password: 'battery staple', role: 'listener' };
      await music.client.json('POST', '/api/users', body);
      const client = music.client.another();
      await client.signIn(username, body.password);
      return client;
    };
    [mia, leo] = [await person('mia'), await person('leo')];
    tracks = (await mia.get<Page<TrackSummary>>('/api/tracks')).items;
    [album] = (await mia.get<Page<AlbumSummary>>('/api/albums')).items as [AlbumSummary];
    [artist] = (await mia.get<Page<ArtistSummary>>('/api/artists')).items as [ArtistSummary];
  });
  afterAll(() => music.remove());

  const think = (client: Client, kind: LikedKind, id: string, change: object): Promise<Opinion> =>
    client.json('PUT', `/api/me/opinions/${kind}/${id}`, change);
  const likes = async (client: Client, kind: LikedKind): Promise<readonly string[]> =>
    (await client.get<Page<Liked>>(`/api/me/likes/${kind}`)).items.map(({ item }) => item.id);

  it('is kept, newest first, and is nobody else’s', async () => {
    for (const { id } of tracks.slice(0, 3)) await think(mia, 'track', id, { liked: true });
    await think(mia, 'album', album.id, { liked: true, rating: 4 });
    const ids = tracks.slice(0, 3).map(({ id }) => id);
    expect(await likes(mia, 'track')).toEqual(ids.toReversed());
    expect(await likes(mia, 'album')).toEqual([album.id]);
    expect(await likes(leo, 'track')).toEqual([]);
    const first = await mia.get<Page<Liked>>('/api/me/likes/track?limit=2');
    const rest = await mia.get<Page<Liked>>(`/api/me/likes/track?limit=2&cursor=${first.nextCursor}`);
    expect([...first.items, ...rest.items].map(({ item }) => item.id)).toEqual(ids.toReversed());
    expect(rest.nextCursor).toBeNull();
  });

  it('changes only what is said, a like keeps its time, and what is taken back is gone', async () => {
    const { id } = tracks[0] ?? { id: '' };
    expect(await think(mia, 'track', id, { rating: 5 })).toEqual({
      id,
      liked: true,
      rating: 5,
      followed: false,
    });
    await think(mia, 'track', id, { liked: true });
    expect((await likes(mia, 'track')).at(-1)).toBe(id);
    await think(mia, 'track', id, { liked: false });
    const look = (): Promise<Opinions> =>
      mia.json('POST', '/api/me/opinions/look', { kind: 'track', ids: tracks.map((each) => each.id) });
    expect((await look()).items.find((each) => each.id === id)).toMatchObject({ liked: false, rating: 5 });
    await think(mia, 'track', id, { rating: null });
    expect((await look()).items.map((each) => each.id).sort()).toEqual(
      tracks
        .slice(1, 3)
        .map((each) => each.id)
        .sort(),
    );
  });

  it('follows artists alone', async () => {
    await think(mia, 'artist', artist.id, { followed: true });
    const { items } = await mia.get<Page<Followed>>('/api/me/follows');
    expect(items.map(({ item }) => item.id)).toEqual([artist.id]);
    const refused = await mia.request('PUT', `/api/me/opinions/album/${album.id}`, { followed: true });
    expect([refused.status, await refused.json()]).toMatchObject([400, { field: 'followed' }]);
  });

  it('refuses what is nothing, and a hundred at once leave one opinion', async () => {
    const put = async (kind: string, id: string, body: object): Promise<number> =>
      (await mia.request('PUT', `/api/me/opinions/${kind}/${id}`, body)).status;
    expect(await put('track', newId(), { liked: true })).toBe(404);
    expect(await put('genre', album.id, { liked: true })).toBe(400);
    expect(await put('track', 'x', { liked: true })).toBe(400);
    expect(await put('album', album.id, { rating: 6 })).toBe(400);
    expect(await put('album', album.id, { stars: 5 })).toBe(400);
    const before = await likes(leo, 'album');
    await Promise.all(
      Array.from({ length: 100 }, (_, at) => think(leo, 'album', album.id, { liked: at % 2 === 1 })),
    );
    expect(before).toEqual([]);
    await think(leo, 'album', album.id, { liked: true });
    expect(await likes(leo, 'album')).toEqual([album.id]);
  });
});
