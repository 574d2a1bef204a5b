import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mergeTrack } from '../../src/catalog/merge.js';
import { SortKeyRefresh } from '../../src/catalog/sort-key-refresh.js';
import { newId } from '../../src/common/id.js';
import { JobQueue } from '../../src/jobs/job-queue.js';
import { NO_TAGS } from '../../src/media/track-tags.js';
import { makeCatalog } from '../support/catalog.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

const KEYS = `SELECT title AS name, sort_key AS key, artist_sort_key AS artist FROM tracks
  UNION ALL SELECT title, sort_key, artist_sort_key FROM albums
  UNION ALL SELECT name, sort_key, '' FROM artists UNION ALL SELECT name, sort_key, '' FROM genres ORDER BY 1, 2, 3`;

describe('sort keys of names that are stored', () => {
  let test: TestDatabase;
  let jobs: JobQueue;
  let refresh: SortKeyRefresh;
  beforeAll(async () => {
    test = await testDatabase();
    jobs = new JobQueue(test.url);
    refresh = new SortKeyRefresh(test.db, jobs);
    const { catalog } = makeCatalog(test.db);
    const libraryId = newId();
    await test.db.query(
      `INSERT INTO libraries (id, name, root, display_root) VALUES ($1, 'Music', '/music', '/music')`,
      [libraryId],
    );
    for (const title of ['初音ミク', 'The Beatles', '10', '9']) {
      const fileId = newId();
      await test.db.query(
        `INSERT INTO files (id, library_id, path, display_path, size_bytes, mtime_ns, inode, state)
         VALUES ($1, $2, $3, 'song.mp3', 1, 1, 1, 'pending')`,
        [fileId, libraryId, Buffer.from(fileId)],
      );
      const tags = { ...NO_TAGS, title, album: title, artists: ['初音ミク'], genres: ['Évent'] };
      const sort = { ...NO_TAGS.sort, artist: 'ハツネミク', title: title === '初音ミク' ? 'はつね' : null };
      const track = mergeTrack({ ...tags, sort }, { libraryId, folders: [], fileName: 'a.mp3' });
      await test.db.transaction((tx) => catalog.upsert([{ fileId, track, format: null }], tx));
    }
  });
  afterAll(async () => {
    await jobs.onModuleDestroy();
    await test.close();
  });

  it('are made anew when they were made by other rules, each as its writer makes it', async () => {
    const made = await test.db.query(KEYS);
    for (const table of ['tracks', 'albums', 'artists', 'genres'])
      await test.db.query(`UPDATE ${table} SET sort_key = 'old ' || sort_key`);
    await test.db.query(`UPDATE tracks SET artist_sort_key = 'old'`);
    await refresh.onApplicationBootstrap();
    expect(await jobs.hasWaiting('catalog.sort-keys')).toBe(true);
    await refresh.refresh(new AbortController().signal);
    expect(await test.db.query(KEYS)).toEqual(made);
  });

  it('are left alone from then on', async () => {
    await test.db.query(`UPDATE genres SET sort_key = 'mine'`);
    await refresh.refresh(new AbortController().signal);
    expect(await test.db.query('SELECT sort_key FROM genres')).toEqual([{ sort_key: 'mine' }]);
  });
});
