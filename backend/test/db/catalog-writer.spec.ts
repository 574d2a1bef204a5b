import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CatalogEntry, CatalogWriter } from '../../src/catalog/catalog-writer.js';
import { mergeTrack } from '../../src/catalog/merge.js';
import { newId } from '../../src/common/id.js';
import { NO_TAGS, type TrackTags } from '../../src/media/track-tags.js';
import { makeCatalog } from '../support/catalog.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

describe('the catalogue', () => {
  let test: TestDatabase;
  let writer: CatalogWriter;
  const libraryId = newId();

  beforeAll(async () => {
    test = await testDatabase();
    ({ catalog: writer } = makeCatalog(test.db));
    await test.db.query(
      `INSERT INTO libraries (id, name, root, display_root) VALUES ($1, 'Music', '/music', '/music')`,
      [libraryId],
    );
  });
  afterAll(() => test.close());
  beforeEach(() => test.db.query('TRUNCATE files, albums, artists, genres CASCADE'));

  const makeFile = async (library = libraryId): Promise<string> => {
    const id = newId();
    await test.db.query(
      `INSERT INTO files (id, library_id, path, display_path, size_bytes, mtime_ns, inode, state)
       VALUES ($1, $2, $3, 'song.mp3', 1, 1, 1, 'pending')`,
      [id, library, Buffer.from(id)],
    );
    return id;
  };
  const entry = (
    fileId: string,
    tags: Partial<TrackTags>,
    folders: readonly string[] = [],
  ): CatalogEntry => ({
    fileId,
    track: mergeTrack({ ...NO_TAGS, title: 'Song', ...tags }, { libraryId, folders, fileName: 'song.mp3' }),
    format: {
      container: 'MPEG',
      codec: 'mp3',
      lossless: false,
      sampleRateHz: 44_100,
      bitDepth: null,
      channels: 2,
      bitrateKbps: 192,
      durationMs: 1000,
    },
  });
  const upsert = (...entries: readonly CatalogEntry[]) =>
    test.db.transaction((tx) => writer.upsert(entries, tx));
  const artists = () =>
    test.db.query('SELECT name, track_count AS tracks, album_count AS albums FROM artists ORDER BY name');
  const albums = () =>
    test.db.query<{ title: string; artist: string; tracks: number; ms: number; year: number | null }>(
      `SELECT title, artist_text AS artist, track_count AS tracks, duration_ms::int AS ms, year FROM albums ORDER BY title, id`,
    );
  const genres = () => test.db.query('SELECT name, track_count AS tracks FROM genres ORDER BY name');

  it('counts what a batch brings', async () => {
    const [a, b] = [await makeFile(), await makeFile()];
    await upsert(
      entry(a, {
        artists: ['Ann', 'Bob'],
        album: 'Blue',
        albumArtists: ['Ann'],
        genres: ['Rock'],
        year: 1999,
      }),
      entry(b, {
        artists: ['Ann'],
        album: 'Blue',
        albumArtists: ['Ann'],
        genres: ['Rock', 'Pop'],
        credits: { composer: ['Cy'] },
      }),
    );
    expect(await artists()).toEqual([
      { name: 'Ann', tracks: 2, albums: 1 },
      { name: 'Bob', tracks: 1, albums: 0 },
      { name: 'Cy', tracks: 0, albums: 0 },
    ]);
    expect(await albums()).toEqual([{ title: 'Blue', artist: 'Ann', tracks: 2, ms: 2000, year: 1999 }]);
    expect(await genres()).toEqual([
      { name: 'Pop', tracks: 1 },
      { name: 'Rock', tracks: 2 },
    ]);
  });

  it('keeps the track of a file whose tags change, and moves the counts', async () => {
    const file = await makeFile();
    const first = await upsert(entry(file, { artists: ['Ann'], album: 'Blue', genres: ['Rock'] }));
    const second = await upsert(
      entry(file, {
        artists: ['Bob'],
        album: 'Red',
        genres: ['Pop'],
        lyrics: [{ language: null, text: 'la' }],
      }),
    );
    expect(second).toEqual(first);
    expect(await artists()).toEqual([
      { name: 'Ann', tracks: 0, albums: 0 },
      { name: 'Bob', tracks: 1, albums: 1 },
    ]);
    expect((await albums()).map((album) => album.tracks)).toEqual([0, 1]);
    expect(await genres()).toEqual([
      { name: 'Pop', tracks: 1 },
      { name: 'Rock', tracks: 0 },
    ]);
  });

  it('changes nothing when the same batch is written again', async () => {
    const [a, b] = [await makeFile(), await makeFile()];
    const batch = [
      entry(a, { artists: ['Ann'], album: 'Blue', genres: ['Rock'] }),
      entry(b, { artists: ['Ann feat. Bob'], album: 'Blue', genres: ['Rock'] }),
    ];
    const look = async () => [await artists(), await albums(), await genres()];
    const first = await upsert(...batch);
    const before = await look();
    expect(await upsert(...batch)).toEqual(first);
    expect(await look()).toEqual(before);
  });

  it('hides what only missing files held, and brings it back as it was', async () => {
    const [a, b] = [await makeFile(), await makeFile()];
    await upsert(
      entry(a, { artists: ['Ann'], album: 'Blue', genres: ['Rock'] }),
      entry(b, { artists: ['Bob'], album: 'Red' }),
    );
    const before = [await artists(), await albums(), await genres()];
    await test.db.transaction((tx) => writer.setAvailable([a], false, tx));
    expect(await artists()).toEqual([
      { name: 'Ann', tracks: 0, albums: 0 },
      { name: 'Bob', tracks: 1, albums: 1 },
    ]);
    expect(await genres()).toEqual([{ name: 'Rock', tracks: 0 }]);
    await test.db.transaction((tx) => writer.setAvailable([a], false, tx));
    await test.db.transaction((tx) => writer.setAvailable([a], true, tx));
    expect([await artists(), await albums(), await genres()]).toEqual(before);
  });

  it('names a folder of many artists after its one performer until a second one comes', async () => {
    const [a, b] = [await makeFile(), await makeFile()];
    await upsert(entry(a, { artists: ['Ann'], album: 'Hits' }, ['Hits']));
    expect((await albums())[0]).toMatchObject({ artist: 'Ann' });
    await upsert(entry(b, { artists: ['Bob'], album: 'Hits' }, ['Hits']));
    expect(await albums()).toEqual([
      { title: 'Hits', artist: 'Various Artists', tracks: 2, ms: 2000, year: null },
    ]);
    expect(await artists()).toEqual([
      { name: 'Ann', tracks: 1, albums: 0 },
      { name: 'Bob', tracks: 1, albums: 0 },
      { name: 'Various Artists', tracks: 0, albums: 1 },
    ]);
  });

  it('gives an artist known by name the MusicBrainz id that a later file carries', async () => {
    const id = '0f1e2d3c-0000-4000-8000-00000000000a';
    await upsert(entry(await makeFile(), { artists: ['Ann'], album: 'Blue' }));
    await upsert(
      entry(await makeFile(), {
        artists: ['Ann'],
        album: 'Blue',
        musicBrainz: { ...NO_TAGS.musicBrainz, artists: [id] },
      }),
    );
    expect(
      await test.db.query('SELECT name, musicbrainz_id AS id, track_count AS tracks FROM artists'),
    ).toEqual([{ name: 'Ann', id, tracks: 2 }]);
  });

  it('lets many writers work on the same artists, albums and genres at once', async () => {
    const names = ['Ann', 'Bob', 'Cy', 'Dee', 'Eve', 'Fay'];
    const batches = await Promise.all(
      Array.from({ length: 8 }, async (_, n) => {
        const order = n % 2 === 0 ? names : [...names].reverse();
        return Promise.all(
          order.map(async (name) =>
            entry(await makeFile(), {
              artists: [name],
              albumArtists: ['Zed'],
              album: `Album of ${name}`,
              genres: ['Rock', name],
            }),
          ),
        );
      }),
    );
    for (let round = 0; round < 3; round += 1) await Promise.all(batches.map((batch) => upsert(...batch)));
    expect(await artists()).toEqual([
      ...names.map((name) => ({ name, tracks: 8, albums: 0 })),
      { name: 'Zed', tracks: 0, albums: 6 },
    ]);
    expect(await test.db.query(`SELECT track_count AS tracks FROM genres WHERE name = 'Rock'`)).toEqual([
      { tracks: 48 },
    ]);
  });

  describe('what each library holds', () => {
    const otherId = newId();
    beforeAll(() =>
      test.db.query(
        `INSERT INTO libraries (id, name, root, display_root) VALUES ($1, 'Other', '/other', '/other')`,
        [otherId],
      ),
    );
    const held = async () => ({
      albums: await test.db.query(
        `SELECT library_id, album_id, track_count, duration_ms FROM library_albums ORDER BY 1, 2`,
      ),
      artists: await test.db.query(
        'SELECT library_id, artist_id, role, count FROM library_artists ORDER BY 1, 2, 3',
      ),
      genres: await test.db.query(
        'SELECT library_id, genre_id, track_count FROM library_genres ORDER BY 1, 2',
      ),
    });
    const counted = async () => ({
      albums: await test.db.query(
        `SELECT files.library_id, album_id, count(*)::int AS track_count, sum(duration_ms)::bigint AS duration_ms
         FROM tracks JOIN files ON files.id = file_id WHERE available GROUP BY 1, 2 ORDER BY 1, 2`,
      ),
      artists: await test.db.query(
        `SELECT files.library_id, artist_id, role, count(DISTINCT track_id)::int AS count
         FROM tracks JOIN files ON files.id = file_id JOIN track_artists ON track_id = tracks.id
         WHERE available GROUP BY 1, 2, 3
         UNION ALL
         SELECT files.library_id, artist_id, 'albumArtist', count(DISTINCT album_id)::int
         FROM tracks JOIN files ON files.id = file_id JOIN album_artists USING (album_id)
         WHERE available GROUP BY 1, 2 ORDER BY 1, 2, 3`,
      ),
      genres: await test.db.query(
        `SELECT files.library_id, genre_id, count(*)::int AS track_count
         FROM tracks JOIN files ON files.id = file_id JOIN track_genres ON track_id = tracks.id
         WHERE available GROUP BY 1, 2 ORDER BY 1, 2`,
      ),
    });
    const blue: Partial<TrackTags> = {
      artists: ['Ann', 'Bob'],
      album: 'Blue',
      albumArtists: ['Ann'],
      genres: ['Rock'],
      credits: { composer: ['Cy'] },
    };

    it('is what its files say, whatever happens to them', async () => {
      const [a, b, c] = [await makeFile(), await makeFile(), await makeFile(otherId)];
      const expectTrue = async (): Promise<void> => expect(await held()).toEqual(await counted());
      await upsert(entry(a, blue), entry(b, { ...blue, genres: ['Pop'] }), entry(c, blue));
      await expectTrue();
      expect((await held()).albums).toHaveLength(2);
      await upsert(entry(b, { artists: ['Ann'], album: 'Red', genres: ['Rock'] }));
      await expectTrue();
      await test.db.transaction((tx) => writer.setAvailable([c], false, tx));
      await expectTrue();
      expect((await held()).albums.every((row) => !JSON.stringify(row).includes(otherId))).toBe(true);
      await test.db.transaction((tx) => writer.setAvailable([c], true, tx));
      await test.db.transaction((tx) =>
        writer.changingFiles([a], tx, () =>
          test.db.query('UPDATE files SET library_id = $2 WHERE id = $1', [a, otherId], tx),
        ),
      );
      await expectTrue();
      const moved = await test.db.query<{ library_id: string }>(
        'SELECT library_id FROM tracks WHERE file_id = $1',
        [a],
      );
      expect(moved).toEqual([{ library_id: otherId }]);
    });
  });
});
