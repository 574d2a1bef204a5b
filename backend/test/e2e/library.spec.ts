import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page } from '../../src/common/page.js';
import type {
  AlbumDetail,
  AlbumSummary,
  ArtistDetail,
  ArtistSummary,
  GenreDto,
  TrackDetail,
  TrackSummary,
} from '../../src/catalog/catalog.dto.js';
import type { LibraryStatus } from '../../src/ingest/library.dto.js';
import type { SearchAnswer } from '../../src/search/search.dto.js';
import { eventually, type Client } from '../support/client.js';
import { COVER_PX, CUT, EMPTY, FILES, WORDS } from '../support/music-folder.js';
import { MusicServer } from '../support/music-server.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(300_000);

describe('a folder of music becomes a library', () => {
  let music: MusicServer;
  let client: Client;
  let status: LibraryStatus;
  let tracks: ReadonlyMap<string, TrackSummary>;
  let albums: ReadonlyMap<string, AlbumSummary>;

  beforeAll(async () => {
    music = await MusicServer.start();
    client = music.client;
    status = await music.settled(({ files }) => files.found === FILES);
    const trackPage = await client.get<Page<TrackSummary>>('/api/tracks');
    tracks = new Map(trackPage.items.map((track) => [track.title, track]));
    const albumPage = await client.get<Page<AlbumSummary>>('/api/albums');
    albums = new Map(albumPage.items.map((album) => [album.title, album]));
  });
  afterAll(() => music.remove());

  const idOf = (known: ReadonlyMap<string, { readonly id: string }>, name: string): string =>
    known.get(name)?.id ?? `no ${name}`;
  const search = (q: string): Promise<SearchAnswer> => client.get(`/api/search?q=${encodeURIComponent(q)}`);

  it('every file is ready, or rejected with a code and a sentence', () => {
    expect(status.files).toEqual({ found: FILES, ready: 7, pending: 0, rejected: 3, missing: 0 });
    expect(status.rejections.map(({ path }) => path).sort()).toEqual([CUT, EMPTY, WORDS]);
    for (const { code, reason } of status.rejections) {
      expect(code).toMatch(/^[A-Z][A-Z_]+$/);
      expect(reason).toMatch(/^[A-Z].{15,}\.$/);
      expect(reason).not.toContain(music.root);
    }
    expect(status.libraries).toMatchObject([{ path: music.root, held: null }]);
  });

  it('albums gather their tracks: several discs, a compilation, and a folder without a single tag', async () => {
    expect([...albums.keys()].sort()).toEqual(['Field Notes', 'Harbour Lights', 'Été', '夜想'].sort());
    expect(albums.get('夜想')).toMatchObject({
      trackCount: 2,
      year: 2021,
      compilation: false,
      durationMs: 14_100,
      artists: [{ name: '水無月', role: 'albumArtist' }],
    });
    const night = await client.get<AlbumDetail>(`/api/albums/${idOf(albums, '夜想')}`);
    expect(night.discs.map((disc) => [disc.number, disc.tracks.map((track) => track.title)])).toEqual([
      [1, ['夜の海']],
      [2, ['暁光']],
    ]);
    expect(albums.get('Harbour Lights')).toMatchObject({ trackCount: 2, compilation: true });
    const harbour = await client.get<AlbumDetail>(`/api/albums/${idOf(albums, 'Harbour Lights')}`);
    const heard = harbour.discs.flatMap((disc) => disc.tracks);
    expect(heard.map((track) => [track.trackNumber, track.artists.map(({ name }) => name)])).toEqual([
      [1, ['AC/DC']],
      [2, ['Bjørn Å']],
    ]);
    expect(tracks.get('Rain on tin')).toMatchObject({ trackNumber: 1, album: { title: 'Field Notes' } });
  });

  it('a track tells its master, its length to the millisecond, its loudness and its waveform', async () => {
    expect(tracks.get('夜の海')).toMatchObject({
      state: 'ready',
      durationMs: 9100,
      trackNumber: 1,
      discNumber: 1,
      master: { codec: 'flac', sampleRateHz: 44_100, bitDepth: 16, channels: 2, lossless: true },
    });
    expect(tracks.get('暁光')?.master).toMatchObject({ sampleRateHz: 96_000, bitDepth: 24, lossless: true });
    const masters = ['Soleil', 'Pluie d’été', 'Pier', 'Ferry', 'Rain on tin'].map((title) => {
      const master = tracks.get(title)?.master;
      return [master?.codec, master?.lossless];
    });
    expect(masters).toEqual([
      ['mp3', false],
      ['aac', false],
      ['vorbis', false],
      ['opus', false],
      [expect.stringMatching(/pcm|wav/), true],
    ]);
    // The header of LAME says where the encoder's padding is: without it the MP3 would be longer.
    expect(tracks.get('Soleil')?.durationMs).toBe(4500);
    const night = await client.get<TrackDetail>(`/api/tracks/${idOf(tracks, '夜の海')}`);
    expect(night.genres.map(({ name }) => name)).toEqual(['Ambient']);
    expect(night.discTotal).toBe(2);
    expect(night.sound).toMatchObject({ leadingSilenceMs: 0, trailingSilenceMs: 0, clipping: { runs: 0 } });
    expect(night.sound?.energy).toBeGreaterThan(0);
    expect(night.loudness?.integratedLufs).toBeLessThan(-3);
    expect(night.loudness?.integratedLufs).toBeGreaterThan(-20);
    const peaks = Buffer.from(night.peaks ?? '', 'base64');
    expect(peaks).toHaveLength(91);
    expect(Math.min(...peaks)).toBeGreaterThan(100);
    expect(night.renditions).toContainEqual({ codec: 'flac', bitrateKbps: 0, state: expect.any(String) });
  });

  it('artists and genres have pages of their own; what is inside a compilation is heard there too', async () => {
    const artists = (await client.get<Page<ArtistSummary>>('/api/artists')).items;
    const names = artists.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['水無月', 'Élodie Noël', 'AC/DC', 'Bjørn Å']));
    // É stands with E, before 水.
    expect(names.indexOf('Élodie Noël')).toBeLessThan(names.indexOf('水無月'));
    expect(names).not.toEqual(expect.arrayContaining(['AC', 'DC']));
    const idOfArtist = (name: string): string => artists.find((artist) => artist.name === name)?.id ?? '';
    const guest = await client.get<ArtistDetail>(`/api/artists/${idOfArtist('AC/DC')}`);
    expect(guest.albums).toEqual([]);
    expect(guest.appearsOn.map(({ title }) => title)).toEqual(['Harbour Lights']);
    const main = await client.get<ArtistDetail>(`/api/artists/${idOfArtist('水無月')}`);
    expect(main.albums.map(({ title }) => title)).toEqual(['夜想']);
    expect(main.topTracks.map(({ title }) => title).sort()).toEqual(['夜の海', '暁光'].sort());
    const genres = (await client.get<Page<GenreDto>>('/api/genres')).items;
    expect(genres).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'Ambient', trackCount: 2 }),
        expect.objectContaining({ name: 'Chanson', trackCount: 2 }),
      ]),
    );
  });

  it('lists are pages: walked in threes they hold each track once', async () => {
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: Page<TrackSummary> = await client.get(`/api/tracks?sort=added&limit=3${query}`);
      expect(page.items.length).toBeLessThanOrEqual(3);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect([...seen].sort()).toEqual([...tracks.values()].map(({ id }) => id).sort());
    expect((await client.request('GET', '/api/tracks?sort=weight')).status).toBe(400);
  });

  it.each([
    ['the beginning of a word', 'sole', 'Soleil'],
    ['a word without its accents', 'ete', 'Pluie d’été'],
    ['two kanji out of the middle of nothing', '暁光', '暁光'],
    ['one kanji', '夜', '夜の海'],
    ['an artist’s name in other letters', 'bjorn', 'Ferry'],
    ['two words in any order', 'pier ac/dc', 'Pier'],
  ])('search finds by %s', async (_, q, title) => {
    // The search follows the catalogue within a second.
    const found = async () => (await search(q)).tracks.map((track) => track.title);
    expect(await eventually(found, (titles) => titles.includes(title))).toContain(title);
  });

  it('search names the artist first whose name was typed, and what is not there is not found', async () => {
    const byArtist = await search('elodie noel');
    expect(byArtist.top).toMatchObject({ type: 'artist', item: { name: 'Élodie Noël' } });
    expect(byArtist.albums.map(({ title }) => title)).toEqual(['Été']);
    expect(await search('nobody sings this')).toEqual({
      top: null,
      meant: null,
      tracks: [],
      albums: [],
      artists: [],
      playlists: [],
    });
  });

  it('artwork comes from the file, else from its folder, in the format that the browser names', async () => {
    const covers = ['夜の海', '暁光', 'Soleil', 'Pier'].map((title) => tracks.get(title)?.artwork);
    for (const cover of covers)
      expect(cover).toMatchObject({
        width: COVER_PX,
        height: COVER_PX,
        color: expect.stringMatching(/^oklch\(/),
        placeholder: expect.stringMatching(/^data:image\/webp;base64,/),
      });
    expect(new Set(covers.map((cover) => cover?.id)).size).toBe(4);
    expect(tracks.get('Rain on tin')?.artwork).toBeNull();
    const id = tracks.get('夜の海')?.artwork?.id ?? '';
    const kinds = [
      ['image/avif,image/webp,*/*', 'image/avif', 'ftypavif', 4],
      ['image/webp,*/*;q=0.8', 'image/webp', 'WEBP', 8],
      ['*/*', 'image/jpeg', '\xff\xd8\xff', 0],
    ] as const;
    for (const [accept, type, mark, at] of kinds) {
      const answer = await client.request('GET', `/api/artwork/${id}?size=128`, undefined, { accept });
      expect([accept, answer.status, answer.headers.get('content-type')]).toEqual([accept, 200, type]);
      expect(answer.headers.get('cache-control')).toContain('immutable');
      expect(answer.headers.get('vary')).toMatch(/accept/i);
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect(bytes.toString('latin1', at, at + mark.length)).toBe(mark);
    }
    expect((await client.request('GET', `/api/artwork/${id}?size=77`)).status).toBe(400);
  });

  it('what is asked for in a wrong way is refused with a code', async () => {
    const absent = '01990000-0000-7000-8000-000000000000';
    const refusals = await Promise.all(
      [`/api/tracks/${absent}`, '/api/tracks/12', `/api/albums/${absent}`, `/api/artwork/${absent}`].map(
        async (path) => {
          const answer = await client.request('GET', path);
          const { code } = (await answer.json()) as { readonly code: unknown };
          return [answer.status, code, answer.headers.get('content-type')?.split(';', 1)[0]];
        },
      ),
    );
    expect(refusals).toEqual([
      [404, 'TRACK_NOT_FOUND', 'application/problem+json'],
      [400, 'INVALID_ID', 'application/problem+json'],
      [404, 'ALBUM_NOT_FOUND', 'application/problem+json'],
      [404, 'ARTWORK_NOT_FOUND', 'application/problem+json'],
    ]);
  });
});
