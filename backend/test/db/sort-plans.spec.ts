import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource, type EntityManager } from 'typeorm';
import { AlbumReads } from '../../src/catalog/album-reads.js';
import { ArtistReads } from '../../src/catalog/artist-reads.js';
import {
  albumListSchema,
  artistListSchema,
  genreListSchema,
  trackListSchema,
} from '../../src/catalog/catalog.dto.js';
import { ALBUM_SORTS, ARTIST_SORTS, GENRE_SORTS, TRACK_SORTS } from '../../src/catalog/list-order.js';
import { mergeTrack } from '../../src/catalog/merge.js';
import { TrackReads } from '../../src/catalog/track-reads.js';
import { YearReads } from '../../src/catalog/year-reads.js';
import { newId } from '../../src/common/id.js';
import type { Page } from '../../src/common/page.js';
import { Database } from '../../src/database/database.js';
import type { Visible } from '../../src/libraries/seen.js';
import { NO_TAGS } from '../../src/media/track-tags.js';
import { makeCatalog } from '../support/catalog.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Subplan Name'?: string;
  readonly Plans?: readonly PlanNode[];
}

/** Of what is read of a table, what is sorted before it is cut to a page; each library's first rows may be. */
const sortsAll = (plan: PlanNode, table: string): boolean => {
  const reads = (node: PlanNode): boolean =>
    node['Node Type'] !== 'Limit' && (node['Relation Name'] === table || (node.Plans ?? []).some(reads));
  return nodesOf(plan).some((node) => node['Node Type'].includes('Sort') && reads(node));
};

const nodesOf = (plan: PlanNode): PlanNode[] => [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];

/** Remembers what was asked last. */
class ListeningDatabase extends Database {
  last: { readonly sql: string; readonly params: readonly unknown[] } = { sql: '', params: [] };

  override query<Row>(sql: string, params: readonly unknown[] = [], tx?: EntityManager): Promise<Row[]> {
    this.last = { sql, params };
    return super.query<Row>(sql, params, tx);
  }
}

describe('every sort of every list', () => {
  let test: TestDatabase;
  let source: DataSource;
  let db: ListeningDatabase;
  const userId = newId();
  const libraryId = newId();
  const otherId = newId();

  beforeAll(async () => {
    test = await testDatabase();
    source = await new DataSource({ type: 'postgres', url: test.url, entities: [] }).initialize();
    db = new ListeningDatabase(source);
    const { catalog } = makeCatalog(test.db);
    await test.db.query(
      `INSERT INTO libraries (id, name, root, display_root)
       VALUES ($1, 'Music', '/music', '/music'), ($2, 'Other', '/other', '/other')`,
      [libraryId, otherId],
    );
    for (const n of [1, 2, 3, 4]) {
      const library = n === 4 ? otherId : libraryId;
      const fileId = newId();
      await test.db.query(
        `INSERT INTO files (id, library_id, path, display_path, size_bytes, mtime_ns, inode, state)
         VALUES ($1, $2, $3, 'song.mp3', 1, 1, 1, 'pending')`,
        [fileId, library, Buffer.from(fileId)],
      );
      const tags = { ...NO_TAGS, title: `Song ${n}`, album: `Album ${n}`, artists: [`Ann ${n}`] };
      const track = mergeTrack(
        { ...tags, genres: [`Genre ${n}`], year: 2000 + n },
        { libraryId: library, folders: [], fileName: 'a.mp3' },
      );
      await test.db.transaction((tx) => catalog.upsert([{ fileId, track, format: null }], tx));
    }
  });
  afterAll(async () => {
    await source.destroy();
    await test.close();
  });

  /** What Postgres does when it reads no table as a whole and sorts nothing, unless there is no other way. */
  const explain = (): Promise<PlanNode> =>
    test.db.transaction(async (tx) => {
      for (const setting of ['enable_seqscan', 'enable_sort', 'enable_bitmapscan'])
        await test.db.query(`SET LOCAL ${setting} = off`, [], tx);
      const [row] = await test.db.query<{ 'QUERY PLAN': readonly { readonly Plan: PlanNode }[] }>(
        `EXPLAIN (FORMAT JSON) ${db.last.sql}`,
        db.last.params,
        tx,
      );
      return row?.['QUERY PLAN'][0]?.Plan ?? { 'Node Type': 'none' };
    });

  /** Without what its fifty rows are put together of, and in what order. */
  const explainPage = async (): Promise<PlanNode> => {
    const page = nodesOf(await explain()).find((node) => node['Subplan Name'] === 'CTE page');
    if (page === undefined) throw new Error('there is no page in this plan');
    return page;
  };

  const lists = () => {
    const tracks = new TrackReads(db);
    const albums = new AlbumReads(db, tracks);
    const artists = new ArtistReads(db, albums, tracks);
    type List = (query: object, visible: Visible) => Promise<Page<unknown>>;
    const made: Record<string, { table: string; sorts: object; list: List }> = {
      tracks: {
        table: 'tracks',
        sorts: TRACK_SORTS,
        list: (query, visible) => tracks.list({ ...trackListSchema.parse(query), userId }, visible),
      },
      albums: {
        table: 'albums',
        sorts: ALBUM_SORTS,
        list: (query, visible) => albums.list({ ...albumListSchema.parse(query), userId }, visible),
      },
      artists: {
        table: 'artists',
        sorts: ARTIST_SORTS,
        list: (query, visible) => artists.list({ ...artistListSchema.parse(query), userId }, visible),
      },
      genres: {
        table: 'genres',
        sorts: GENRE_SORTS,
        list: (query, visible) => artists.listGenres(genreListSchema.parse(query), visible),
      },
    };
    return made;
  };

  describe.each([
    ['all', () => null],
    ['one library of two', () => [libraryId]],
  ])('for those who see %s', (_, seen: () => Visible) => {
    it.each([
      ...Object.keys(TRACK_SORTS).map((sort) => ['tracks', sort]),
      ...Object.keys(ALBUM_SORTS).map((sort) => ['albums', sort]),
      ...Object.keys(ARTIST_SORTS).map((sort) => ['artists', sort]),
      ...Object.keys(GENRE_SORTS).map((sort) => ['genres', sort]),
    ])(
      '%s by %s are read off an index, on the first page and on those after it',
      async (name = '', sort = '') => {
        const kind = lists()[name];
        if (kind === undefined) throw new Error(name);
        // Counts of one's own stand in no index: seen-counts.spec.ts.
        if (sort === 'tracks' && seen() !== null) return;
        const first = await kind.list({ sort, limit: 1 }, seen());
        expect(first.items).toHaveLength(1);
        for (const cursor of [undefined, first.nextCursor]) {
          expect(cursor).not.toBeNull();
          await kind.list({ sort, limit: 1, cursor }, seen());
          const page = await explainPage();
          expect(sortsAll(page, kind.table)).toBe(false);
          const reads = nodesOf(page).filter((node) => node['Relation Name'] === kind.table);
          expect(reads.map((node) => node['Node Type']).join()).toMatch(/^Index (Only )?Scan$/);
          // The place is where the index is entered, not what is read and thrown away; so is the library.
          const entered = JSON.stringify(reads);
          if (cursor !== undefined) expect(entered).toContain('ROW(');
          if (cursor !== undefined || name === 'tracks') expect(entered).toContain('Index Cond');
          expect(entered).not.toContain('"Filter"');
        }
      },
    );
  });

  it.each(['albums', 'artists', 'genres'])(
    'of %s, what is seen is known without a look at tracks',
    async (name) => {
      await lists()[name]?.list({ limit: 1 }, [libraryId]);
      const read = nodesOf(await explain()).map((node) => node['Relation Name']);
      expect(read).toContain(`library_${name}`);
      expect(read).not.toContain('tracks');
      expect(read).not.toContain('files');
    },
  );

  it('years are read off an index, from one to the next', async () => {
    const years = new YearReads(db);
    const first = await years.list({ limit: 2 }, null);
    expect(first.items).toEqual([
      { year: 2004, albumCount: 1 },
      { year: 2003, albumCount: 1 },
    ]);
    const rest = await years.list({ limit: 2, cursor: first.nextCursor ?? '' }, [libraryId]);
    expect(rest.items).toEqual([
      { year: 2002, albumCount: 1 },
      { year: 2001, albumCount: 1 },
    ]);
    expect(rest.nextCursor).toBeNull();
    expect((await years.list({ limit: 1 }, [libraryId])).items).toEqual([{ year: 2003, albumCount: 1 }]);
    await years.list({ limit: 2, cursor: first.nextCursor ?? '' }, null);
    const nodes = nodesOf(await explain());
    expect(nodes.some((node) => node['Node Type'].includes('Sort'))).toBe(false);
    const reads = nodes.filter((node) => node['Relation Name'] === 'albums');
    expect(new Set(reads.map((node) => node['Index Name']))).toEqual(new Set(['albums_by_year']));
    expect(await years.list({ limit: 2 }, [])).toEqual({ items: [], nextCursor: null });
  });
});
