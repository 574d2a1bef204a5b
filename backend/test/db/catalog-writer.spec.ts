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

  const makeFile = async (): Promise<string> => {
    const id = newId();
    await test.db.query(
      `INSERT INTO files (id, library_id, path, display_path, size_bytes, mtime_ns, inode, state)
       VALUES ($1, $2, $3, 'song.mp3', 1, 1, 1, 'pending')`,
      [id, libraryId, Buffer.from(id)],
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
});
