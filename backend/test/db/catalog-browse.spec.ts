import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AlbumReads } from '../../src/catalog/album-reads.js';
import { ArtistReads } from '../../src/catalog/artist-reads.js';
import {
  albumListSchema,
  artistListSchema,
  genreListSchema,
  trackListSchema,
} from '../../src/catalog/catalog.dto.js';
import { LyricsReads } from '../../src/catalog/lyrics-reads.js';
import { mergeTrack } from '../../src/catalog/merge.js';
import { TrackReads } from '../../src/catalog/track-reads.js';
import { newId } from '../../src/common/id.js';
import type { Page } from '../../src/common/page.js';
import { NO_TAGS, type TrackTags } from '../../src/media/track-tags.js';
import { PlaylistReads } from '../../src/playlists/playlist-reads.js';
import { makeSmartLists } from '../support/playlists.js';
import { SearchIndex } from '../../src/search/search-index.js';
import { SearchRefresh } from '../../src/search/search-refresh.js';
import type { Visible } from '../../src/libraries/seen.js';
import { SearchService } from '../../src/search/search.service.js';
import { makeCatalog } from '../support/catalog.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

/** An administrator. */
const EVERYTHING = { userId: newId(), visible: null };

const SONGS: readonly Partial<TrackTags>[] = [
  {
    title: 'Let It Be',
    artists: ['The Beatles'],
    album: 'Let It Be',
    year: 1970,
    genres: ['Rock'],
    trackNumber: 6,
  },
  {
    title: 'Get Back',
    artists: ['The Beatles'],
    album: 'Let It Be',
    year: 1970,
    genres: ['Rock'],
    trackNumber: 12,
  },
  { title: 'Let It Go', artists: ['Idina Menzel'], album: 'Frozen', year: 2013, genres: ['Soundtrack'] },
  { title: 'Beat It', artists: ['Michael Jackson'], album: 'Thriller', year: 1982, genres: ['Pop'] },
  { title: '初音ミクの消失', artists: ['cosMo'], album: '消失', year: 2010, genres: ['VOCALOID'] },
  { title: '音楽', artists: ['Éclair'], album: 'Éclair', year: 2001 },
  {
    title: '100% Pure',
    artists: ['A_B'],
    album: 'Signs',
    year: 1999,
    lyrics: [{ language: 'eng', text: 'la' }],
  },
];

const userId = newId();
const trackQuery = (query: object) => ({ ...trackListSchema.parse(query), userId });
const albumQuery = (query: object) => ({ ...albumListSchema.parse(query), userId });
const artistQuery = (query: object) => ({ ...artistListSchema.parse(query), userId });

describe('browsing and searching', () => {
  let test: TestDatabase;
  let tracks: TrackReads;
  let albums: AlbumReads;
  let artists: ArtistReads;
  let search: SearchService;

  beforeAll(async () => {
    test = await testDatabase();
    const { catalog } = makeCatalog(test.db);
    tracks = new TrackReads(test.db);
    albums = new AlbumReads(test.db, tracks);
    artists = new ArtistReads(test.db, albums, tracks);
    search = new SearchService(
      new SearchIndex(test.db),
      tracks,
      albums,
      artists,
      new PlaylistReads(test.db, makeSmartLists(test.db)),
    );
    const libraryId = newId();
    await test.db.query(
      `INSERT INTO libraries (id, name, root, display_root) VALUES ($1, 'Music', '/music', '/music')`,
      [libraryId],
    );
    for (const tags of SONGS) {
      const fileId = newId();
      await test.db.query(
        `INSERT INTO files (id, library_id, path, display_path, size_bytes, mtime_ns, inode, state)
         VALUES ($1, $2, $3, 'song.mp3', 1, 1, 1, 'pending')`,
        [fileId, libraryId, Buffer.from(fileId)],
      );
      const track = mergeTrack({ ...NO_TAGS, ...tags }, { libraryId, folders: [], fileName: 'song.mp3' });
      await test.db.transaction((tx) => catalog.upsert([{ fileId, track, format: null }], tx));
    }
    await new SearchRefresh(test.db).drain();
  });
  afterAll(() => test.close());

  /** All pages of two, one after the other. */
  const walk = async <T>(read: (cursor: string | undefined) => Promise<Page<T>>): Promise<T[]> => {
    const items: T[] = [];
    for (let cursor: string | undefined, page = await read(cursor); ; page = await read(cursor)) {
      items.push(...page.items);
      if (page.nextCursor === null) return items;
      cursor = page.nextCursor;
    }
  };

  it.each(['title', 'artist', 'added', 'year', 'duration'] as const)(
    'pages through all tracks by %s without a gap or a repeat',
    async (sort) => {
      const whole = await tracks.list(trackQuery({ sort }), null);
      const paged = await walk((cursor) => tracks.list(trackQuery({ sort, limit: 2, cursor }), null));
      expect(paged).toEqual(whole.items);
      expect(new Set(paged.map(({ id }) => id)).size).toBe(SONGS.length);
    },
  );

  it.each(['title', 'artist', 'added', 'year', 'released'] as const)(
    'pages through all albums by %s without a gap or a repeat',
    async (sort) => {
      const whole = await albums.list(albumQuery({ sort }), null);
      const paged = await walk((cursor) => albums.list(albumQuery({ sort, limit: 2, cursor }), null));
      expect(paged).toEqual(whole.items);
      expect(paged).toHaveLength(6);
    },
  );

  it('lists names as people look for them', async () => {
    const listed = await walk((cursor) => artists.list(artistQuery({ limit: 2, cursor }), null));
    expect(listed.map(({ name }) => name)).toEqual([
      'A_B',
      'The Beatles',
      'cosMo',
      'Éclair',
      'Idina Menzel',
      'Michael Jackson',
    ]);
    const genres = await walk((cursor) =>
      artists.listGenres(genreListSchema.parse({ limit: 2, cursor }), null),
    );
    expect(genres.map(({ name, trackCount }) => [name, trackCount])).toEqual([
      ['Pop', 1],
      ['Rock', 2],
      ['Soundtrack', 1],
      ['VOCALOID', 1],
    ]);
  });

  it('shows an album with its discs, an artist with their albums, a track with everything', async () => {
    const [album] = (await albums.list(albumQuery({ sort: 'year', limit: 500 }), null)).items.slice(-1);
    const detail = await albums.getById(album?.id ?? '', null);
    expect(detail.discs.map((disc) => [disc.number, disc.tracks.map(({ title }) => title)])).toEqual([
      [1, ['Let It Be', 'Get Back']],
    ]);
    const artist = await artists.getById(detail.artists[0]?.id ?? '', null);
    expect([artist.name, artist.albums.map(({ title }) => title), artist.topTracks.length]).toEqual([
      'The Beatles',
      ['Let It Be'],
      2,
    ]);
    const [pure] = (await search.all('100%', 1, EVERYTHING)).tracks;
    const track = await tracks.getById(pure?.id ?? '', null);
    expect(track).toMatchObject({
      state: 'pending',
      master: null,
      lyrics: [{ language: 'eng', synced: false, text: 'la' }],
    });
    const words = await new LyricsReads(test.db).ofTrack(track.id, null);
    expect(words.items).toEqual([
      { language: 'eng', source: 'embedded', timing: 'none', text: 'la', lines: null },
    ]);
    // As it was stored before times had columns of their own.
    await test.db.query(`UPDATE lyrics SET timing = NULL, synced = true, text = '[00:01.00]<00:01.00>la'`);
    expect((await new LyricsReads(test.db).ofTrack(track.id, null)).items).toMatchObject([
      { timing: 'word', text: 'la', lines: [{ startMs: 1000, words: [{ startMs: 1000, text: 'la' }] }] },
    ]);
    await expect(new LyricsReads(test.db).ofTrack(track.id, [])).rejects.toMatchObject({
      code: 'TRACK_NOT_FOUND',
    });
    expect(track.credits.map(({ role, name }) => [role, name])).toEqual([
      ['performer', 'A_B'],
      ['albumArtist', 'A_B'],
    ]);
    expect(track.renditions.length).toBeGreaterThan(6);
    expect(new Set(track.renditions.map(({ state }) => state))).toEqual(new Set(['absent']));
  });

  it('narrows a list to an artist, an album, a genre', async () => {
    const [beatles] = (await search.all('beatles', 1, EVERYTHING)).artists;
    const of = async (filter: object) =>
      (await tracks.list(trackQuery({ limit: 500, ...filter }), null)).items.map(({ title }) => title);
    expect(await of({ artistId: beatles?.id })).toEqual(['Get Back', 'Let It Be']);
    const rock = (await artists.listGenres(genreListSchema.parse({}), null)).items.find(
      ({ name }) => name === 'Rock',
    );
    expect(await of({ genreId: rock?.id, limit: 1 })).toEqual(['Get Back']);
    expect(
      (await albums.list(albumQuery({ genreId: rock?.id }), null)).items.map(({ title }) => title),
    ).toEqual(['Let It Be']);
  });

  it('narrows a list to years, a role, a type, what is liked, a library', async () => {
    const titles = async (filter: object, visible: Visible = null) =>
      (await tracks.list(trackQuery(filter), visible)).items.map(({ title }) => title);
    const of = async (filter: object) =>
      (await albums.list(albumQuery(filter), null)).items.map(({ title }) => title);
    expect(await titles({ yearFrom: '1999', yearTo: '2001' })).toEqual(['100% Pure', '音楽']);
    expect(await of({ yearTo: '1981', sort: 'released' })).toEqual(['Let It Be']);
    await test.db.query(`UPDATE albums SET release_types = '{album,live}' WHERE title = 'Frozen'`);
    expect(await of({ releaseType: 'live' })).toEqual(['Frozen']);
    expect(await titles({ releaseType: 'live' })).toEqual(['Let It Go']);
    const [beatles] = (await search.all('beatles', 1, EVERYTHING)).artists;
    expect(await titles({ artistId: beatles?.id, role: 'composer' })).toEqual([]);
    expect(await of({ artistId: beatles?.id, role: 'performer' })).toEqual(['Let It Be']);
    await test.db.query(`INSERT INTO users (id, username, role) VALUES ($1, 'mia', 'listener')`, [userId]);
    await test.db.query(
      `INSERT INTO opinions (id, user_id, track_id, liked_at) SELECT $1, $2, id, now() FROM tracks WHERE title = 'Beat It'`,
      [newId(), userId],
    );
    expect(await titles({ liked: 'true' })).toEqual(['Beat It']);
    expect((await tracks.list({ ...trackQuery({ liked: 'true' }), userId: newId() }, null)).items).toEqual(
      [],
    );
    expect(await of({ liked: 'true' })).toEqual([]);
    const [library] = await test.db.query<{ id: string }>('SELECT id FROM libraries');
    expect(await titles({ libraryId: library?.id })).toHaveLength(SONGS.length);
    expect(await titles({ libraryId: library?.id }, [newId()])).toEqual([]);
    expect(await titles({ libraryId: newId() })).toEqual([]);
  });

  it.each([
    { yearFrom: '0' },
    { yearTo: '1e3' },
    { role: 'composer' },
    { role: 'albumArtist', artistId: newId() },
    { releaseType: `album' OR true` },
    { sort: 'title; DROP TABLE tracks' },
    { sort: 'added desc' },
    { liked: 'false' },
    { genreId: 'rock' },
    { libraryId: ['a', 'b'] },
  ])('refuses a list by %j', (query) => {
    expect(trackListSchema.safeParse(query).success).toBe(false);
  });

  it('tells who took part in an album, and in what a composer took part', async () => {
    const [file] = await test.db.query<{ id: string }>('SELECT file_id AS id FROM tracks WHERE title = $1', [
      'Get Back',
    ]);
    const [library] = await test.db.query<{ id: string }>('SELECT id FROM libraries');
    const tags: TrackTags = {
      ...NO_TAGS,
      title: 'Get Back',
      artists: ['The Beatles'],
      album: 'Let It Be',
      genres: ['Rock'],
      credits: { composer: ['Cy'], producer: ['Phil'] },
      releaseType: ['EP'],
      sort: { ...NO_TAGS.sort, album: 'Let It Be, The' },
      musicBrainz: { ...NO_TAGS.musicBrainz, releaseGroup: '0f1e2d3c-0000-4000-8000-00000000000a' },
    };
    const place = { libraryId: library?.id ?? '', folders: [], fileName: 'song.mp3' };
    const { catalog } = makeCatalog(test.db);
    await test.db.transaction((tx) =>
      catalog.upsert([{ fileId: file?.id ?? '', track: mergeTrack(tags, place), format: null }], tx),
    );
    for (const visible of [null, [library?.id ?? '']])
      for (const sort of ['name', 'added', 'tracks'])
        expect(
          (
            await walk((cursor) => artists.list(artistQuery({ sort, role: 'composer', cursor }), visible))
          ).map(({ name, trackCount }) => [name, trackCount]),
        ).toEqual([['Cy', 1]]);
    expect((await artists.list(artistQuery({ role: 'composer' }), [])).items).toEqual([]);
    expect((await artists.list(artistQuery({}), null)).items.map(({ name }) => name)).not.toContain('Cy');
    const [album] = (await albums.list(albumQuery({ releaseType: 'ep' }), null)).items;
    const detail = await albums.getById(album?.id ?? '', [library?.id ?? '']);
    expect(detail).toMatchObject({
      releaseTypes: ['ep'],
      sortTitle: 'Let It Be, The',
      musicBrainzGroupId: '0f1e2d3c-0000-4000-8000-00000000000a',
      genres: [{ name: 'Rock' }],
      credits: [
        { name: 'Cy', role: 'composer', trackCount: 1 },
        { name: 'Phil', role: 'producer', trackCount: 1 },
      ],
    });
    const composer = await artists.getById(detail.credits[0]?.id ?? '', [library?.id ?? '']);
    expect(composer).toMatchObject({ name: 'Cy', roles: [{ role: 'composer', trackCount: 1 }], albums: [] });
    const [beatles] = (await search.all('beatles', 1, EVERYTHING)).artists;
    expect(await artists.getById(beatles?.id ?? '', null)).toMatchObject({
      albums: [],
      singles: [{ title: 'Let It Be' }],
      roles: [{ role: 'performer', trackCount: 2 }],
    });
    await expect(artists.getById(composer.id, [])).rejects.toMatchObject({ code: 'ARTIST_NOT_FOUND' });
  });

  it.each([
    'garbage',
    Buffer.from('["a"]').toString('base64url'),
    Buffer.from('["1","not an id"]').toString('base64url'),
    Buffer.from('[1e99,"0190a6f0-0000-7000-8000-000000000000"]').toString('base64url'),
  ])('refuses the cursor %s', async (cursor) => {
    await expect(tracks.list(trackQuery({ sort: 'added', cursor }), null)).rejects.toMatchObject({
      code: 'INVALID_CURSOR',
    });
    await expect(search.page('a', 'track', 5, cursor, EVERYTHING)).rejects.toMatchObject({
      code: 'INVALID_CURSOR',
    });
  });

  it.each([
    ['let it', ['Let It Be', 'Let It Go', 'Get Back']],
    ['beatles get', ['Get Back']],
    ['beatl', ['Get Back', 'Let It Be']],
    ['消', ['初音ミクの消失']],
    ['ミク', ['初音ミクの消失']],
    ['音', ['音楽', '初音ミクの消失']],
    ['ECLAIR', ['音楽']],
    ['100%', ['100% Pure']],
    ['nothing like this', []],
    ['%', []],
    ['\\', []],
    ['a\0b', ['100% Pure']],
  ])('%j finds the tracks %j', async (query, titles) => {
    expect((await search.all(query, 50, EVERYTHING)).tracks.map(({ title }) => title)).toEqual(titles);
    const paged = await walk(async (cursor) => search.page(query, 'track', 1, cursor, EVERYTHING));
    expect(paged.map((item) => ('title' in item ? item.title : ''))).toEqual(titles);
  });

  it('puts the closest name on top', async () => {
    const top = async (query: string) => {
      const { top: found } = await search.all(query, 5, EVERYTHING);
      return found === null ? null : [found.type, 'name' in found.item ? found.item.name : found.item.title];
    };
    expect(await top('the beatles')).toEqual(['artist', 'The Beatles']);
    expect(await top('let it be')).toEqual(['album', 'Let It Be']);
    expect(await top('beat it')).toEqual(['track', 'Beat It']);
    expect(await top('')).toBeNull();
  });

  it('lists everything of a kind when nothing is typed', async () => {
    expect(await walk((cursor) => search.page('', 'track', 3, cursor, EVERYTHING))).toHaveLength(
      SONGS.length,
    );
    expect(await walk((cursor) => search.page('', 'artist', 3, cursor, EVERYTHING))).toHaveLength(6);
    expect(await search.page('', 'playlist', 3, undefined, EVERYTHING)).toEqual({
      items: [],
      nextCursor: null,
    });
  });
});
