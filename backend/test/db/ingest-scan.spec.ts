import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TagSource } from '../../src/ingest/intake.js';
import { CONFIRMED } from '../../src/ingest/loss-rules.js';
import type { ScanOptions, ScanResult, Scanner } from '../../src/ingest/scanner.js';
import { JobQueue } from '../../src/jobs/job-queue.js';
import { LibraryRepository } from '../../src/libraries/library.repository.js';
import { MediaError } from '../../src/media/media-error.js';
import type { TagReading } from '../../src/media/tag-reader-pool.js';
import { NO_TAGS } from '../../src/media/track-tags.js';
import { makeScanner } from '../support/catalog.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

/** Stands in for the tag reader's child: each file's text is its title. */
class TitleReader implements TagSource {
  readonly paths: string[] = [];
  failAfter = Infinity;

  read(paths: readonly Buffer[]): Promise<readonly TagReading[]> {
    this.paths.push(...paths.map((path) => path.toString('latin1')));
    if (this.paths.length > this.failAfter) return Promise.reject(new Error('killed'));
    return Promise.resolve(
      paths.map((path) =>
        path.includes('unreadable')
          ? { error: new MediaError('UNREADABLE', 'It may not be read.') }
          : {
              file: {
                tags: { ...NO_TAGS, artists: ['Ann'], album: 'Blue' },
                format: NO_FORMAT,
                pictures: [],
                cueSheet: null,
              },
            },
      ),
    );
  }
}
const NO_FORMAT = {
  container: null,
  codec: null,
  lossless: null,
  sampleRateHz: null,
  bitDepth: null,
  channels: null,
  bitrateKbps: null,
  durationMs: null,
};

describe('the first pass over a music folder', () => {
  let test: TestDatabase;
  let jobs: JobQueue;
  let reader: TitleReader;
  let libraries: LibraryRepository;
  let scanner: Scanner;
  let music: string;
  let libraryId: string;

  beforeAll(async () => {
    test = await testDatabase();
    jobs = new JobQueue(test.url);
    await jobs.start();
    libraries = new LibraryRepository(test.db);
  });
  afterAll(async () => {
    await jobs.onModuleDestroy();
    await test.close();
  });
  beforeEach(async () => {
    await test.db.query('TRUNCATE libraries, albums, artists, genres CASCADE');
    reader = new TitleReader();
    scanner = makeScanner(test.db, jobs, reader);
    music = mkdtempSync(join(tmpdir(), 'kanade-music-'));
    libraryId = (await libraries.ensure(music)).id;
  });
  afterEach(() => rmSync(music, { recursive: true, force: true }));

  const put = (name: string, text = name, ageSeconds = 60): void => {
    const path = join(music, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    const at = Date.now() / 1000 - ageSeconds;
    utimesSync(path, at, at);
  };
  const scan = async (options: ScanOptions = {}): Promise<ScanResult> => {
    reader.paths.length = 0;
    return scanner.scan(await libraries.getById(libraryId), options);
  };
  const states = async (): Promise<Record<string, string>> => {
    const rows = await test.db.query<{ path: string; state: string }>(
      'SELECT display_path AS path, state FROM files ORDER BY path',
    );
    return Object.fromEntries(rows.map((row) => [row.path, row.state]));
  };
  const trackIds = async (): Promise<Record<string, string>> => {
    const rows = await test.db.query<{ path: string; id: string }>(
      'SELECT display_path AS path, tracks.id FROM files JOIN tracks ON file_id = files.id WHERE available ORDER BY 1',
    );
    return Object.fromEntries(rows.map((row) => [row.path, row.id]));
  };
  const heldCode = async (): Promise<string | null> => (await libraries.getById(libraryId)).heldCode;
  /** As the second pass leaves it. */
  const makeReady = () =>
    test.db.query(
      `UPDATE files SET state = 'ready', facts_version = 1, audio_hash = sha256(path), audio_bytes = 1 WHERE state = 'pending'`,
    );

  it('takes in audio wherever it lies, and nothing else', async () => {
    for (const name of [
      'a.mp3',
      'x/b.FLAC',
      'x/y z/c.opus',
      '日本/曲.m4a',
      'list.m3u',
      'cover.jpg',
      '.hidden.mp3',
      '.trash/d.mp3',
      'e.txt',
    ])
      put(name);
    expect((await scan()).taken).toBe(4);
    expect(await states()).toEqual({
      'a.mp3': 'pending',
      'x/b.FLAC': 'pending',
      'x/y z/c.opus': 'pending',
      '日本/曲.m4a': 'pending',
    });
    const [queued] = await test.db.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM pgboss.job WHERE name = 'ingest.analyse' AND data->>'fileId' IN (SELECT id::text FROM files)`,
    );
    expect(queued).toEqual({ n: 4 });
  });

  it('takes file names as bytes, and ends at links and loops', async () => {
    writeFileSync(
      Buffer.concat([Buffer.from(`${music}/`), Buffer.from([0xff, 0xfe]), Buffer.from('.mp3')]),
      'x',
    );
    put('a.mp3');
    symlinkSync(music, join(music, 'loop'));
    symlinkSync('/etc', join(music, 'out'));
    symlinkSync(join(music, 'a.mp3'), join(music, 'twin.mp3'));
    await scan();
    await scan();
    const rows = await test.db.query<{ hex: string }>(
      `SELECT encode(path, 'hex') AS hex FROM files ORDER BY 1`,
    );
    expect(rows.map((row) => row.hex)).toEqual([Buffer.from('a.mp3').toString('hex')]);
    utimesSync(
      Buffer.concat([Buffer.from(`${music}/`), Buffer.from([0xff, 0xfe]), Buffer.from('.mp3')]),
      1,
      1,
    );
    await scan();
    expect(Object.keys(await states())).toEqual(['a.mp3', '\ufffd\ufffd.mp3']);
  });

  it('reads nothing again when nothing changed', async () => {
    put('a.mp3');
    put('x/b.mp3');
    await scan();
    expect(await scan()).toMatchObject({ taken: 0, missing: 0 });
    expect(reader.paths).toEqual([]);
  });

  it('reads again only the file that changed, and keeps its track', async () => {
    put('x/a.mp3');
    put('x/b.mp3');
    await scan();
    await makeReady();
    const before = await trackIds();
    put('x/b.mp3', 'longer than before');
    expect((await scan()).taken).toBe(1);
    expect(reader.paths).toEqual([join(music, 'x/b.mp3')]);
    expect(await trackIds()).toEqual(before);
    expect(
      await test.db.query(`SELECT state, facts_version FROM files WHERE display_path = 'x/b.mp3'`),
    ).toEqual([{ state: 'ready', facts_version: -1 }]);
  });

  it('waits for a file that was written a moment ago', async () => {
    put('a.mp3', 'a', 0);
    put('b.mp3');
    const first = await scan();
    expect([first.taken, first.unsettled]).toEqual([1, ['']]);
    put('a.mp3', 'a', 10);
    const second = await scan();
    expect([second.taken, second.unsettled]).toEqual([1, []]);
  });

  it('keeps the track of a file that is renamed or moved', async () => {
    put('a.mp3');
    put('x/b.mp3');
    await scan();
    await makeReady();
    const before = await trackIds();
    renameSync(join(music, 'a.mp3'), join(music, 'z.mp3'));
    renameSync(join(music, 'x'), join(music, 'y'));
    expect(await scan()).toMatchObject({ taken: 2, missing: 0 });
    expect(await states()).toEqual({ 'y/b.mp3': 'ready', 'z.mp3': 'ready' });
    expect(await trackIds()).toEqual({ 'y/b.mp3': before['x/b.mp3'], 'z.mp3': before['a.mp3'] });
    expect(await scan()).toMatchObject({ taken: 0, missing: 0 });
  });

  it('marks what is gone as missing, and takes it back as it was', async () => {
    for (const name of ['a.mp3', 'b.mp3', 'x/c.mp3']) put(name);
    await scan();
    await makeReady();
    const before = await trackIds();
    const kept = join(music, '..', `${libraryId}.mp3`);
    renameSync(join(music, 'x/c.mp3'), kept);
    rmSync(join(music, 'x'), { recursive: true });
    expect((await scan()).missing).toBe(1);
    expect(await states()).toEqual({ 'a.mp3': 'ready', 'b.mp3': 'ready', 'x/c.mp3': 'missing' });
    expect(await scan()).toMatchObject({ taken: 0, missing: 0 });
    mkdirSync(join(music, 'x'));
    renameSync(kept, join(music, 'x/c.mp3'));
    await scan();
    expect(reader.paths).toEqual([]);
    expect(await states()).toEqual({ 'a.mp3': 'ready', 'b.mp3': 'ready', 'x/c.mp3': 'ready' });
    expect(await trackIds()).toEqual(before);
  });

  it.each([
    ['the folder is not there', 'ROOT_ABSENT', () => rmSync(music, { recursive: true })],
    [
      'the folder is empty',
      'ROOT_EMPTY',
      () => ['a.mp3', 'b.mp3', 'x'].forEach((name) => rmSync(join(music, name), { recursive: true })),
    ],
    [
      'more than half of the files are gone',
      'MANY_FILES_GONE',
      () => ['a.mp3', 'x'].forEach((name) => rmSync(join(music, name), { recursive: true })),
    ],
  ])('changes nothing when %s, until it is confirmed', async (_, code, lose) => {
    for (const name of ['a.mp3', 'b.mp3', 'x/c.mp3']) put(name);
    await scan();
    const before = [await states(), await trackIds()];
    lose();
    expect((await scan()).outcome).toBe('held');
    expect(await heldCode()).toBe(code);
    expect([await states(), await trackIds()]).toEqual(before);
    await test.db.query('UPDATE libraries SET held_code = $2, held_reason = NULL WHERE id = $1', [
      libraryId,
      CONFIRMED,
    ]);
    expect((await scan()).outcome).toBe('done');
    expect(await heldCode()).toBeNull();
    expect(Object.values(await states()).filter((state) => state === 'missing').length).toBeGreaterThan(1);
  });

  it('lets a held library go on by itself once the files are back', async () => {
    for (const name of ['a.mp3', 'b.mp3']) put(name);
    await scan();
    renameSync(music, `${music}.away`);
    await scan();
    expect(await heldCode()).toBe('ROOT_ABSENT');
    renameSync(`${music}.away`, music);
    expect((await scan()).outcome).toBe('done');
    expect(await heldCode()).toBeNull();
  });

  it('holds when the folder lies on another disk and files are gone', async () => {
    for (const name of ['a.mp3', 'b.mp3', 'c.mp3']) put(name);
    await scan();
    await test.db.query('UPDATE libraries SET root_device = -1');
    expect((await scan()).outcome).toBe('done');
    await test.db.query('UPDATE libraries SET root_device = -1');
    rmSync(join(music, 'a.mp3'));
    expect((await scan()).outcome).toBe('held');
    expect(await heldCode()).toBe('ROOT_REPLACED');
  });

  it('looks only at the folders it is told of, and at new ones below them', async () => {
    for (const name of ['a.mp3', 'x/b.mp3', 'x/y/c.mp3', 'z/d.mp3']) put(name);
    await scan();
    put('x/new/deep/e.mp3');
    put('x/y/late.mp3');
    rmSync(join(music, 'z'), { recursive: true });
    expect(await scan({ scope: ['x', 'z'] })).toMatchObject({ taken: 1, missing: 1 });
    expect(await states()).toEqual({
      'a.mp3': 'pending',
      'x/b.mp3': 'pending',
      'x/new/deep/e.mp3': 'pending',
      'x/y/c.mp3': 'pending',
      'z/d.mp3': 'missing',
    });
    await scan();
    expect((await states())['x/y/late.mp3']).toBe('pending');
  });

  it('takes a new folder once when it is told of it and of the one above', async () => {
    put('a.mp3');
    await scan();
    put('big/b.mp3');
    put('big/deep/c.mp3');
    expect(await scan({ scope: ['', 'big', 'big/deep'] })).toMatchObject({ taken: 2 });
    expect(Object.keys(await states())).toEqual(['a.mp3', 'big/b.mp3', 'big/deep/c.mp3']);
  });

  it('takes a new folder once in a library of which nothing is known', async () => {
    put('big/b.mp3');
    expect(await scan({ scope: ['', 'big'] })).toMatchObject({ taken: 1 });
    expect(await states()).toEqual({ 'big/b.mp3': 'pending' });
  });

  it('rejects an empty file at once, with a reason, and takes it when it is whole', async () => {
    put('a.mp3', '');
    await scan();
    expect(await test.db.query('SELECT state, reject_code, reject_reason FROM files')).toEqual([
      { state: 'rejected', reject_code: 'EMPTY_FILE', reject_reason: 'The file is empty.' },
    ]);
    put('a.mp3', 'music');
    await scan();
    expect(await states()).toEqual({ 'a.mp3': 'pending' });
  });

  it('tries a file that may not be read again at every scan', async () => {
    put('unreadable.mp3');
    put('a.mp3');
    await scan();
    expect((await states())['unreadable.mp3']).toBe('rejected');
    await scan();
    expect(reader.paths).toEqual([join(music, 'unreadable.mp3')]);
  });

  it('tells of a folder that it may not open, keeps its tracks, and forgets it when it may', async () => {
    const unreadable = () => test.db.query('SELECT display_path AS path, code FROM unreadable_folders');
    const scanAsAnybody = async (): Promise<void> => {
      const me = process.geteuid?.();
      if (me === 0) process.seteuid?.(65534);
      try {
        await scan();
      } finally {
        if (me === 0) process.seteuid?.(0);
      }
    };
    chmodSync(music, 0o755);
    put('open/a.mp3');
    put('closed/b.mp3');
    await scan();
    chmodSync(join(music, 'closed'), 0);
    await scanAsAnybody();
    expect(await unreadable()).toEqual([{ path: 'closed', code: 'EACCES' }]);
    expect(await states()).toEqual({ 'closed/b.mp3': 'pending', 'open/a.mp3': 'pending' });
    chmodSync(join(music, 'closed'), 0o755);
    await scanAsAnybody();
    expect(await unreadable()).toEqual([]);
  });

  it('goes on after a kill where it was', async () => {
    for (let n = 0; n < 400; n += 1) put(`folder ${n % 7}/${n}.mp3`);
    reader.failAfter = 250;
    await expect(scan()).rejects.toThrow('killed');
    const done = Object.keys(await states()).length;
    expect(done).toBeGreaterThan(150);
    reader.failAfter = Infinity;
    await scan();
    expect(reader.paths).toHaveLength(400 - done);
    expect(Object.keys(await states())).toHaveLength(400);
    expect(await scan()).toMatchObject({ taken: 0 });
  });

  it('shows the words of a text beside the track, also when it comes later', async () => {
    put('a.mp3');
    await scan();
    put('a.lrc', '\ufeff[00:01.00]la\r\n[00:02.00]la');
    await scan();
    expect(await test.db.query('SELECT synced, source, text FROM lyrics')).toEqual([
      { synced: true, source: 'sidecar', text: 'la\nla' },
    ]);
    expect(await scan()).toMatchObject({ taken: 0 });
  });

  it('shows words that change while a track comes, and those that are gone no more', async () => {
    put('a.mp3');
    put('a.txt', 'old');
    await scan();
    put('a.txt', 'new');
    put('b.mp3');
    await scan();
    expect(await test.db.query('SELECT text, timing FROM lyrics')).toEqual([{ text: 'new', timing: 'none' }]);
    rmSync(join(music, 'a.txt'));
    put('c.mp3');
    await scan();
    expect(await test.db.query('SELECT text FROM lyrics')).toEqual([]);
    expect(await scan()).toMatchObject({ taken: 0 });
  });

  it('never writes into the music folder', async () => {
    put('a.mp3');
    copyFileSync(join(music, 'a.mp3'), join(music, 'b.mp3'));
    const { readdirSync, statSync } = await import('node:fs');
    const look = () => readdirSync(music).map((name) => [name, statSync(join(music, name)).mtimeMs]);
    const before = look();
    await scan();
    expect(look()).toEqual(before);
  });
});
