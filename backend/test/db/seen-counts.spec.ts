import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AlbumReads } from '../../src/catalog/album-reads.js';
import { ArtistReads } from '../../src/catalog/artist-reads.js';
import { artistListSchema, genreListSchema } from '../../src/catalog/catalog.dto.js';
import { mergeTrack } from '../../src/catalog/merge.js';
import { TrackReads } from '../../src/catalog/track-reads.js';
import { newId } from '../../src/common/id.js';
import type { Visible } from '../../src/libraries/seen.js';
import { NO_TAGS } from '../../src/media/track-tags.js';
import { makeCatalog } from '../support/catalog.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

interface Counted {
  readonly name: string;
  readonly trackCount: number;
}
interface CountedPage {
  readonly items: readonly Counted[];
  readonly nextCursor: string | null;
}
type List = (cursor: string | undefined, visible: Visible) => Promise<CountedPage>;

describe('lists by the number of tracks', () => {
  let test: TestDatabase;
  let artists: ArtistReads;
  const [open, closed] = [newId(), newId()];
  const lists: Readonly<Record<string, List>> = {
    artists: (cursor, visible) =>
      artists.list(
        { ...artistListSchema.parse({ sort: 'tracks', limit: 1, cursor }), userId: newId() },
        visible,
      ),
    genres: (cursor, visible) =>
      artists.listGenres(genreListSchema.parse({ sort: 'tracks', limit: 1, cursor }), visible),
  };

  beforeAll(async () => {
    test = await testDatabase();
    const tracks = new TrackReads(test.db);
    artists = new ArtistReads(test.db, new AlbumReads(test.db, tracks), tracks);
    const { catalog } = makeCatalog(test.db);
    await test.db.query(
      `INSERT INTO libraries (id, name, root, display_root)
       VALUES ($1, 'Open', '/open', '/open'), ($2, 'Closed', '/closed', '/closed')`,
      [open, closed],
    );
    const add = async (library: string, name: string): Promise<void> => {
      const fileId = newId();
      await test.db.query(
        `INSERT INTO files (id, library_id, path, display_path, size_bytes, mtime_ns, inode, state)
         VALUES ($1, $2, $3, 'song.mp3', 1, 1, 1, 'pending')`,
        [fileId, library, Buffer.from(fileId)],
      );
      const track = mergeTrack(
        { ...NO_TAGS, title: fileId, album: name, artists: [name], genres: [name] },
        { libraryId: library, folders: [], fileName: 'a.mp3' },
      );
      await test.db.transaction((tx) => catalog.upsert([{ fileId, track, format: null }], tx));
    };
    for (const name of ['Ann', 'Bob', 'Bob', 'Cid', 'Cid', 'Cid']) await add(open, name);
    for (const name of ['Ann', 'Ann', 'Ann', 'Ann', 'Ann', 'Ann', 'Bob', 'Eve']) await add(closed, name);
  });
  afterAll(() => test.close());

  const walk = async (list: List, visible: Visible): Promise<{ items: Counted[]; cursors: string[] }> => {
    const [items, cursors]: [Counted[], string[]] = [[], []];
    for (let cursor: string | undefined; ;) {
      const page = await list(cursor, visible);
      items.push(...page.items);
      if (page.nextCursor === null) return { items, cursors };
      cursors.push(Buffer.from(page.nextCursor, 'base64url').toString());
      cursor = page.nextCursor;
    }
  };

  it.each(Object.keys(lists))(
    '%s stand where their count is, as somebody sees it, page by page',
    async (name) => {
      const list = lists[name];
      if (list === undefined) throw new Error(name);
      const counts = ({ items }: { items: Counted[] }) => items.map((item) => [item.name, item.trackCount]);
      const all = counts(await walk(list, null));
      expect(all.map(([, count]) => count)).toEqual([7, 3, 3, 1]);
      expect([all.at(0), all.at(-1)]).toEqual([
        ['Ann', 7],
        ['Eve', 1],
      ]);
      const seen = await walk(list, [open]);
      expect(counts(seen)).toEqual([
        ['Cid', 3],
        ['Bob', 2],
        ['Ann', 1],
      ]);
      expect(seen.cursors.map((cursor) => cursor.split(',')[1])).toEqual(['"3"', '"2"']);
    },
  );

  it.each(Object.keys(lists))('a cursor of %s is good for those alone who see the same', async (name) => {
    const list = lists[name];
    const { nextCursor } = (await list?.(undefined, [open])) ?? {};
    await expect(list?.(nextCursor ?? '', null)).rejects.toMatchObject({ code: 'INVALID_CURSOR' });
  });
});
