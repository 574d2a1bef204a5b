import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AlbumReads } from '../../src/catalog/album-reads.js';
import { ArtistReads } from '../../src/catalog/artist-reads.js';
import { searchText, sortKey } from '../../src/catalog/names.js';
import { TrackReads } from '../../src/catalog/track-reads.js';
import { newId } from '../../src/common/id.js';
import { PlaylistReads } from '../../src/playlists/playlist-reads.js';
import { makeSmartLists } from '../support/playlists.js';
import { SearchIndex, type Asker } from '../../src/search/search-index.js';
import { SearchRebuild } from '../../src/search/search-rebuild.js';
import { SearchRefresh } from '../../src/search/search-refresh.js';
import { searchTerms } from '../../src/search/search-terms.js';
import { SearchService } from '../../src/search/search.service.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';
import { addLibrary, addTracks, makeRows, nameMaker, numbers } from '../support/search-catalogue.js';

const LIMIT = 8;
const going = new AbortController().signal;

describe('the search index', () => {
  let test: TestDatabase;
  let index: SearchIndex;
  let service: SearchService;
  let refresh: SearchRefresh;
  let rebuild: SearchRebuild;
  let libraries: readonly string[];
  const random = numbers(11);
  const name = nameMaker(random);

  const drain = async (): Promise<void> => {
    while ((await refresh.drain()) > 0);
  };
  const seeing = (...visible: readonly (string | undefined)[]): Asker => ({
    userId: newId(),
    visible: visible.flatMap((id) => id ?? []),
  });
  const everything: Asker = { userId: newId(), visible: null };

  beforeAll(async () => {
    test = await testDatabase();
    index = new SearchIndex(test.db);
    refresh = new SearchRefresh(test.db);
    rebuild = new SearchRebuild(test.db, refresh);
    const tracks = new TrackReads(test.db);
    const albums = new AlbumReads(test.db, tracks);
    service = new SearchService(
      index,
      tracks,
      albums,
      new ArtistReads(test.db, albums, tracks),
      new PlaylistReads(test.db, makeSmartLists(test.db)),
    );
    libraries = [
      await addLibrary(test.db, 'large', 'listener'),
      await addLibrary(test.db, 'closed', null),
      await addLibrary(test.db, 'small', 'listener'),
    ];
    await addTracks(test.db, makeRows(3000, libraries, random));
    await rebuild.run(going);
    // As it is after a while: most of it in the index, some beside it, some gone or renamed.
    await addTracks(test.db, makeRows(100, libraries, random));
    await rename(60);
    await test.db.query(
      `DELETE FROM tracks WHERE id IN (SELECT id FROM tracks ORDER BY md5(id::text) LIMIT 60)`,
    );
    await test.db.query(
      `UPDATE tracks SET available = false WHERE id IN (SELECT id FROM tracks ORDER BY md5(id::text) DESC LIMIT 60)`,
    );
    await drain();
  });
  afterAll(() => test.close());

  const rename = async (count: number): Promise<void> => {
    const rows = await test.db.query<{ id: string }>('SELECT id FROM tracks ORDER BY random() LIMIT $1', [
      count,
    ]);
    for (const { id } of rows) {
      const title = name();
      await test.db.query('UPDATE tracks SET title = $2, sort_key = $3, search_text = $4 WHERE id = $1', [
        id,
        title,
        sortKey(title),
        searchText(title, 'Nobody'),
      ]);
    }
  };

  /** What is right: everything that somebody sees, looked through row by row. */
  const plain = async (query: string, limit: number, { visible }: Asker): Promise<readonly string[]> => {
    const { query: words, patterns } = searchTerms(query);
    const rows = await test.db.query<{ id: string }>(
      `SELECT tracks.id FROM tracks JOIN files ON files.id = tracks.file_id
       LEFT JOIN track_counts ON track_counts.track_id = tracks.id,
       LATERAL (SELECT trim(split_part(tracks.search_text, E'\\n', 1)) AS name) AS folded
       WHERE tracks.available AND tracks.search_text LIKE ALL ($1::text[])
         AND ($2::uuid[] IS NULL OR files.library_id = ANY ($2::uuid[]))
       ORDER BY name = $3 DESC, starts_with(name, $3) DESC, coalesce(plays, 0) DESC,
         left(tracks.sort_key, 64), tracks.id LIMIT $4`,
      [patterns, visible, words, limit],
    );
    return rows.map(({ id }) => id);
  };
  const found = async (query: string, limit: number, asker: Asker): Promise<readonly string[]> =>
    (await index.find(searchTerms(query), { track: limit }, asker)).track.map(({ id }) => id);

  const askers = (): readonly Asker[] => [
    everything,
    seeing(libraries[0], libraries[2]),
    seeing(libraries[2]),
    seeing(),
  ];
  const queries = (): readonly string[] =>
    Array.from({ length: 25 }, name).flatMap((typed) =>
      [...typed].map((_, at) => [...typed].slice(0, at + 1).join('')),
    );
  const expectTruth = async (): Promise<void> => {
    for (const [at, query] of queries().entries()) {
      const asker = askers()[at % 4] ?? everything;
      expect([query, await found(query, LIMIT, asker)]).toEqual([query, await plain(query, LIMIT, asker)]);
    }
  };

  it('holds frequent prefixes as lists and rare words as rows, and has changes beside it', async () => {
    const [counts] = await test.db.query<Record<string, number>>(
      `SELECT (SELECT count(*)::int FROM search_prefixes WHERE prefix = 'lo' AND kind = 1) AS lists,
         (SELECT count(*)::int FROM search_words) AS words, (SELECT count(*)::int FROM search_fresh) AS fresh`,
    );
    expect(counts?.['lists']).toBeGreaterThan(0);
    expect(counts?.['words']).toBeGreaterThan(0);
    expect(counts?.['fresh']).toBeGreaterThan(100);
  });

  it('answers every keystroke as the plain query does, in its order, to whoever sees whatever', expectTruth);

  it('goes on page by page to the end without a gap or a repeat', async () => {
    for (const [query, asker] of [
      ['lo', everything],
      ['夜', seeing(libraries[2])],
      ['nobody l', seeing(libraries[0])],
    ] as const) {
      const walked: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await service.page(query, 'track', 15, cursor, asker);
        walked.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined);
      expect(walked.length).toBeGreaterThan(20);
      expect(walked).toEqual(await plain(query, 10_000, asker));
    }
  });

  it('is right while it is built anew, and after it, whatever changes meanwhile', async () => {
    const building = rebuild.run(going);
    let isBuilt = false;
    void building.then(() => (isBuilt = true));
    for (let round = 0; !isBuilt || round < 3; round++) {
      await rename(10);
      await test.db.query(`DELETE FROM tracks WHERE id IN (SELECT id FROM tracks ORDER BY random() LIMIT 5)`);
      await addTracks(test.db, makeRows(5, libraries, random));
      await drain();
    }
    expect(await building).toBe(true);
    await expectTruth();
    await rebuild.run(going);
    expect(await test.db.query('SELECT FROM search_fresh')).toEqual([]);
    await expectTruth();
  });

  it('never shows what went where somebody does not see, even before it has heard of it', async () => {
    const [id] = await found('love', 1, seeing(libraries[2]));
    await test.db.query(
      'UPDATE files SET library_id = $2 WHERE id = (SELECT file_id FROM tracks WHERE id = $1)',
      [id, libraries[1]],
    );
    const shown = async (): Promise<readonly string[]> =>
      (await service.all('love', 50, seeing(libraries[2]))).tracks.map((track) => track.id);
    expect(await shown()).not.toContain(id);
    await drain();
    expect(await shown()).not.toContain(id);
    expect(await found('love', 5000, seeing(libraries[1]))).toContain(id);
  });

  it('finds through a slip, and nothing through one that would show a closed library', async () => {
    const [hidden] = makeRows(1, [libraries[1] ?? ''], random);
    if (hidden === undefined) throw new Error('no row was made');
    await addTracks(test.db, [{ ...hidden, title: 'Xylophone' }]);
    await drain();
    await rebuild.run(going);
    const titles = async (query: string, asker: Asker): Promise<readonly string[]> =>
      (await service.all(query, 5, asker)).tracks.map(({ title }) => title);
    for (const typed of ['xilophone', 'xylphone', 'xyolphone', 'xyllopho'])
      expect([typed, await titles(typed, everything)]).toEqual([typed, ['Xylophone']]);
    expect(await titles('xilophone', seeing(libraries[0]))).toEqual([]);
    expect((await service.all('xilophone', 5, everything)).meant).toBe('xylophon');
    expect((await service.all('xylophone', 5, everything)).meant).toBeNull();
    const page = await service.page('xilophone', 'track', 5, undefined, everything);
    expect(page.items).toHaveLength(1);
  });

  it('finds words of lyrics behind names, for those who may hear the song', async () => {
    const [open, closed] = makeRows(2, [libraries[0] ?? ''], random);
    if (open === undefined || closed === undefined) throw new Error('no rows were made');
    const rows = [open, { ...closed, libraryId: libraries[1] ?? '' }];
    await addTracks(test.db, rows);
    for (const { id } of rows)
      await test.db.query(`INSERT INTO lyrics (track_id, position, synced, text) VALUES ($1, 0, false, $2)`, [
        id,
        'Quenching thirst at midnight\n消えない想い',
      ]);
    await drain();
    const sung = async (query: string, asker: Asker): Promise<readonly string[]> =>
      (await service.all(query, 5, asker)).tracks.map(({ id }) => id);
    for (const query of ['quenching', 'midnight thir', '消えない'])
      expect([query, await sung(query, seeing(libraries[0]))]).toEqual([query, [open.id]]);
    expect(new Set(await sung('thirst midnight', everything))).toEqual(new Set(rows.map(({ id }) => id)));
    await test.db.query('DELETE FROM lyrics');
    await drain();
    expect(await sung('quenching', everything)).toEqual([]);
  });

  it('finds playlists for those alone who may read them, by the name they have now', async () => {
    const [owner, named, stranger] = await Promise.all(
      ['owner', 'named', 'stranger'].map(async (username) => {
        const id = newId();
        await test.db.query(`INSERT INTO users (id, username, role) VALUES ($1, $2, 'listener')`, [
          id,
          username,
        ]);
        return { userId: id, visible: [libraries[2] ?? ''] };
      }),
    );
    if (owner === undefined || named === undefined || stranger === undefined)
      throw new Error('nobody is there');
    const make = async (title: string, visibility: string): Promise<string> => {
      const id = newId();
      await test.db.query(
        `INSERT INTO playlists (id, owner_id, title, visibility, sort_key, search_text) VALUES ($1, $2, $3, $4, $5, $6)`,
        [id, owner.userId, title, visibility, sortKey(title), searchText(title)],
      );
      return id;
    };
    const secret = await make('Quartz secret', 'private');
    const shared = await make('Quartz for all', 'shared');
    const together = await make('Quartz together', 'collaborative');
    await test.db.query('INSERT INTO playlist_members VALUES ($1, $2)', [together, named.userId]);
    await drain();
    const seen = async (asker: Asker, query = 'quartz'): Promise<ReadonlySet<string>> => {
      const { playlists } = await service.all(query, 10, asker);
      const page = await service.page(query, 'playlist', 10, undefined, asker);
      expect(page.items.map(({ id }) => id)).toEqual(playlists.map(({ id }) => id));
      return new Set(playlists.map(({ id }) => id));
    };
    const expectReaders = async (): Promise<void> => {
      expect(await seen(owner)).toEqual(new Set([secret, shared, together]));
      expect(await seen(named)).toEqual(new Set([shared, together]));
      expect(await seen(stranger)).toEqual(new Set([shared]));
      expect(await seen({ ...stranger, visible: null })).toEqual(new Set([shared]));
    };
    await expectReaders();
    expect((await service.all('quartz secret', 10, owner)).top).toMatchObject({
      type: 'playlist',
      item: { id: secret },
    });
    await rebuild.run(going);
    await expectReaders();

    await test.db.query('DELETE FROM playlist_members');
    expect(await seen(named)).toEqual(new Set([shared]));
    await test.db.query(`UPDATE playlists SET visibility = 'private' WHERE id = $1`, [shared]);
    expect(await seen(stranger)).toEqual(new Set());
    await test.db.query(`UPDATE playlists SET title = 'Basalt', search_text = ' basalt ' WHERE id = $1`, [
      shared,
    ]);
    await drain();
    expect(await seen(owner, 'basalt')).toEqual(new Set([shared]));
    expect(await seen(owner)).toEqual(new Set([secret, together]));
    await test.db.query('DELETE FROM playlists');
    await drain();
    expect(await seen(owner)).toEqual(new Set());
    expect(await test.db.query('SELECT FROM search_personal')).toEqual([]);
  });
});
