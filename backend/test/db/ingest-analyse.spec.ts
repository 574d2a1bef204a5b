import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import sharp from 'sharp';
import { newId } from '../../src/common/id.js';
import { Notifier } from '../../src/database/notifier.js';
import { Analyser } from '../../src/ingest/analyser.js';
import { Covers } from '../../src/ingest/covers.js';
import type { Scanner } from '../../src/ingest/scanner.js';
import { PRIORITY } from '../../src/jobs/job-map.js';
import { JobQueue } from '../../src/jobs/job-queue.js';
import { LibraryRepository } from '../../src/libraries/library.repository.js';
import { renderArtwork } from '../../src/media/artwork.js';
import { FolderStore } from '../../src/storage/folder-store.js';
import { makeScanner, makeWriters } from '../support/catalog.js';
import { changedTrackOf } from '../../src/transcode/announcement.js';
import { PacketDecoder, titleTags } from '../support/packet-files.js';
import { SOUND } from '../support/sound.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

describe('the second pass over files', () => {
  let test: TestDatabase;
  let jobs: JobQueue;
  let notifier: Notifier;
  let scanner: Scanner;
  let decoder: PacketDecoder;
  let analyser: Analyser;
  let store: FolderStore;
  let libraries: LibraryRepository;
  let folder: string;
  let music: string;
  let libraryId: string;

  beforeAll(async () => {
    test = await testDatabase();
    jobs = new JobQueue(test.url);
    await jobs.start();
    notifier = new Notifier(test.db);
    libraries = new LibraryRepository(test.db);
  });
  afterAll(async () => {
    await notifier.onModuleDestroy();
    await jobs.onModuleDestroy();
    await test.close();
  });
  beforeEach(async () => {
    await test.db.query('TRUNCATE libraries, albums, artists, genres, artworks CASCADE');
    folder = mkdtempSync(join(tmpdir(), 'kanade-analyse-'));
    music = join(folder, 'music');
    mkdirSync(music);
    libraryId = (await libraries.ensure(music)).id;
    scanner = makeScanner(test.db, jobs, titleTags);
    decoder = new PacketDecoder();
    store = new FolderStore(join(folder, 'store'));
    const covers = new Covers(test.db, store, titleTags, { render: renderArtwork });
    analyser = new Analyser(test.db, decoder, covers, makeWriters(test.db, titleTags, { jobs, notifier }));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const put = (name: string, content: string | Buffer): void => {
    const path = join(music, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    const at = Date.now() / 1000 - 60;
    utimesSync(path, at, at);
  };
  const scan = async () => scanner.scan(await libraries.getById(libraryId));
  const analyse = async (): Promise<void> => {
    const files = await test.db.query<{ id: string }>('SELECT id FROM files ORDER BY path');
    for (const { id } of files) await analyser.analyse(id, new AbortController().signal);
  };
  const files = () =>
    test.db.query<{ path: string; state: string; track: string | null; title: string | null }>(
      `SELECT display_path AS path, state, tracks.id AS track, title FROM files LEFT JOIN tracks ON file_id = files.id AND available ORDER BY path`,
    );
  const trackOf = async (path: string) => (await files()).find((file) => file.path === path)?.track;
  const counts = () =>
    test.db.query(
      'SELECT albums.track_count AS album, artists.track_count AS artist, albums.duration_ms::int AS ms FROM albums, artists',
    );

  it('makes a file ready, with its sound, and asks for its ladder', async () => {
    put('a.flac', 'A|la');
    await scan();
    await analyse();
    expect(await files()).toMatchObject([{ state: 'ready', title: 'A' }]);
    expect(await test.db.query(`SELECT codec, sample_count::int AS samples, peaks FROM tracks`)).toEqual([
      { codec: 'flac', samples: 88_200, peaks: Buffer.from([1, 2]) },
    ]);
    expect(await counts()).toEqual([{ album: 1, artist: 1, ms: 2000 }]);
    const track = await trackOf('a.flac');
    expect(
      await test.db.query(
        `SELECT count(*)::int AS n FROM pgboss.job WHERE name = 'transcode.track' AND data->>'trackId' = $1`,
        [track],
      ),
    ).toEqual([{ n: 1 }]);
  });

  it.each([
    ['it', 'track_id, liked_at', `SELECT id FROM tracks WHERE title = 'A'`, ['A']],
    ['its album', 'album_id, liked_at', 'SELECT id FROM albums', ['A', 'B']],
    ['its artist', 'artist_id, followed_at', 'SELECT id FROM artists', ['A', 'B']],
  ])(
    'is encoded before other new ones when somebody likes or follows %s',
    async (_what, columns, liked, first) => {
      put('a.flac', 'A|la');
      put('b.flac', 'B|lb');
      await scan();
      await test.db.query(
        `WITH fan AS (INSERT INTO users (id, username, role) VALUES ($1::uuid, $1::text, 'listener') RETURNING id)
       INSERT INTO opinions (id, user_id, ${columns}) SELECT $1::uuid, fan.id, (${liked}), now() FROM fan`,
        [newId()],
      );
      await analyse();
      const queued = await test.db.query<{ title: string; priority: number }>(
        `SELECT title, priority FROM pgboss.job JOIN tracks t ON t.id::text = data->>'trackId'
        WHERE name = 'transcode.track' ORDER BY title`,
      );
      const priorityOf = (title: string) => (first.includes(title) ? PRIORITY.liked : PRIORITY.idle);
      expect(queued).toEqual(['A', 'B'].map((title) => ({ title, priority: priorityOf(title) })));
    },
  );

  it('stores what is told of its sound, with the version of each fact, and forgets it with the sound', async () => {
    const stored = () =>
      test.db.query(
        `SELECT versions->>'tempo' AS version, trailing_silence_samples::int AS silence, fingerprint, key_mode AS mode,
           bpm FROM track_sound`,
      );
    put('a.flac', 'A|la');
    await scan();
    await analyse();
    const told = { version: '1', silence: 2, fingerprint: SOUND.fingerprint, mode: 'minor', bpm: 120.5 };
    expect(await stored()).toEqual([told]);
    put('a.flac', 'Another title|la');
    await scan();
    await analyse();
    expect(await stored()).toEqual([told]);
    put('a.flac', 'A|other');
    await scan();
    await analyse();
    expect(await stored()).toEqual([{ ...told, silence: 5 }]);
  });

  it('measures nothing twice', async () => {
    put('a.flac', 'A|la');
    await scan();
    await analyse();
    await analyse();
    expect(decoder.measured).toBe(1);
  });

  it('rejects a file that cannot be decoded, with the reason, and unlists it', async () => {
    put('a.flac', 'A|broken');
    await scan();
    await analyse();
    expect(await files()).toMatchObject([{ state: 'rejected', track: null }]);
    expect(await test.db.query('SELECT reject_code, reject_reason FROM files')).toEqual([
      { reject_code: 'UNDECODABLE', reject_reason: 'It is damaged.' },
    ]);
    expect(await counts()).toEqual([{ album: 0, artist: 0, ms: 0 }]);
    put('a.flac', 'A|whole again');
    await scan();
    await analyse();
    expect(await files()).toMatchObject([{ state: 'ready', title: 'A' }]);
  });

  it('tries again what was no fault of the file', async () => {
    put('a.flac', 'A|busy');
    await scan();
    await expect(analyse()).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(await files()).toMatchObject([{ state: 'pending' }]);
  });

  it('keeps the track of a retagged file, without decoding it again', async () => {
    put('a.flac', 'A|la');
    await scan();
    await analyse();
    const before = await trackOf('a.flac');
    put('a.flac', 'Another title|la');
    await scan();
    expect(await files()).toMatchObject([{ state: 'ready', title: 'Another title' }]);
    await analyse();
    expect([decoder.measured, decoder.hashed]).toEqual([1, 1]);
    expect(await files()).toEqual([
      { path: 'a.flac', state: 'ready', title: 'Another title', track: before },
    ]);
  });

  it('forgets the renditions of a file that became other music, and tells who serves them', async () => {
    put('a.flac', 'A|la');
    await scan();
    await analyse();
    const told = Promise.withResolvers<unknown>();
    const stop = await notifier.subscribe('kanade_fragment', told.resolve);
    await test.db.query(
      `INSERT INTO renditions (id, track_id, codec, state, sample_rate_hz, sample_count) SELECT gen_random_uuid(), id, 'aac', 'queued', 44100, 1 FROM tracks`,
    );
    put('a.flac', 'A|other');
    await scan();
    await analyse();
    expect(await test.db.query('SELECT id FROM renditions')).toEqual([]);
    expect(changedTrackOf(await told.promise)).toBe(await trackOf('a.flac'));
    stop();
    expect(await counts()).toEqual([{ album: 1, artist: 1, ms: 5000 }]);
  });

  it('passes a track on to a copy with other tags once the old place is gone', async () => {
    put('a.flac', 'A|la');
    put('b.flac', 'B|other');
    put('c.flac', 'C|third');
    await scan();
    await analyse();
    const before = await trackOf('a.flac');
    rmSync(join(music, 'a.flac'));
    await scan();
    put('new/z.flac', 'A, retagged|la');
    await scan();
    expect((await files()).map(({ path }) => path)).toEqual(['a.flac', 'b.flac', 'c.flac', 'new/z.flac']);
    await analyse();
    expect((await files()).filter(({ path }) => path.startsWith('new'))).toEqual([
      { path: 'new/z.flac', state: 'ready', title: 'A, retagged', track: before },
    ]);
    expect(await files()).toHaveLength(3);
    expect(await counts()).toEqual([{ album: 3, artist: 3, ms: 12_000 }]);
    expect(await scan()).toMatchObject({ taken: 0, missing: 0 });
  });

  it('passes a track on within one scan, when a file is copied and the old one deleted', async () => {
    for (const name of ['a', 'b', 'c']) put(`${name}.flac`, `${name}|${name}`);
    await scan();
    await analyse();
    const before = await trackOf('a.flac');
    put('z.flac', 'a|a');
    rmSync(join(music, 'a.flac'));
    await scan();
    await analyse();
    expect(await trackOf('z.flac')).toBe(before);
  });

  it('passes a track on to the copy of a slow move, which was there before the old one went', async () => {
    for (const name of ['a', 'b', 'c']) put(`${name}.flac`, `${name}|${name}`);
    await scan();
    await analyse();
    const before = await trackOf('a.flac');
    put('z.flac', 'a|a');
    await scan();
    await analyse();
    expect(await trackOf('z.flac')).not.toBe(before);
    rmSync(join(music, 'a.flac'));
    await scan();
    expect(await trackOf('z.flac')).toBe(before);
    expect(await files()).toHaveLength(3);
    expect(await counts()).toEqual([{ album: 3, artist: 3, ms: 3000 }]);
  });

  it('keeps two present files of the same music as two tracks', async () => {
    put('a.flac', 'A|la');
    put('b.flac', 'B|la');
    await scan();
    await analyse();
    const tracks = (await files()).map(({ track }) => track);
    expect(new Set(tracks).size).toBe(2);
    await analyse();
    expect((await files()).map(({ track }) => track)).toEqual(tracks);
  });

  it('leaves a file alone that vanished or changed since the scan', async () => {
    put('a.flac', 'A|la');
    put('b.flac', 'B|la');
    await scan();
    renameSync(join(music, 'a.flac'), join(folder, 'a.flac'));
    put('b.flac', 'B|longer than it was');
    await analyse();
    expect(decoder.measured).toBe(0);
    expect((await files()).map(({ state }) => state)).toEqual(['pending', 'pending']);
  });

  it('shows the picture of the folder, once for all of its tracks, and notices one that comes later', async () => {
    put('x/a.flac', 'A|a');
    put('x/CD2/b.flac', 'B|b');
    await scan();
    await analyse();
    expect(await test.db.query('SELECT id FROM artworks')).toEqual([]);
    const picture = await sharp({ create: { width: 300, height: 200, channels: 3, background: '#804020' } })
      .png()
      .toBuffer();
    put('x/cover.png', picture);
    await test.db.query(`DELETE FROM pgboss.job WHERE name = 'ingest.analyse'`);
    await scan();
    const asked = `SELECT count(*)::int AS n FROM pgboss.job WHERE name = 'ingest.analyse'`;
    expect(await test.db.query(asked)).toEqual([{ n: 1 }]);
    await analyse();
    const artworks = await test.db.query<{ id: string; width: number }>('SELECT id, width FROM artworks');
    expect(artworks).toEqual([{ id: artworks[0]?.id, width: 300 }]);
    expect(
      await test.db.query('SELECT DISTINCT artwork_id AS id FROM tracks UNION SELECT artwork_id FROM albums'),
    ).toEqual([{ id: artworks[0]?.id }]);
    expect((await store.read(`artwork/${artworks[0]?.id}/256.webp`)).length).toBeGreaterThan(0);
  });

  it('plays on without a picture when the picture is none', async () => {
    put('a.flac', 'A|a');
    put('cover.jpg', 'this is text');
    await scan();
    await analyse();
    expect(await files()).toMatchObject([{ state: 'ready' }]);
    expect(await test.db.query('SELECT id FROM artworks')).toEqual([]);
  });
});
