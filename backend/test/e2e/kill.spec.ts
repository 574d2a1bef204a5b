import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '../../src/common/page.js';
import type { TrackSummary } from '../../src/catalog/catalog.dto.js';
import { eventually } from '../support/client.js';
import { settleFiles } from '../support/music-folder.js';
import { libraryStatus, MusicServer } from '../support/music-server.js';
import { descendantsOf, isAlive, workerOf, type RunningProcess } from '../support/processes.js';
import { askDatabase, postmasterPid } from '../support/server-database.js';
import { retagFlac } from '../support/tag-writers.js';
import { toneWav, type ToneFolder } from '../support/tones.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(600_000);

const ALBUMS_AT_ONCE = 4;
const TRACKS = 16;
const ARTISTS = 4;
const ALBUMS = 3 * ALBUMS_AT_ONCE;
const FILES = ALBUMS * TRACKS;

const writeSounds = async (tones: ToneFolder): Promise<string> => {
  for (let at = 0; at < TRACKS; at++) {
    await tones.write('tone.wav', toneWav({ seconds: 0.5, frequencyHz: 200 + 10 * at, noise: 0.05 }));
    await tones.convert('tone.wav', `${at}.flac`);
  }
  const root = tones.path('music');
  await mkdir(root);
  await writeAlbums(tones, root, 0);
  return root;
};

/** The same sounds stand in every album: files that sound alike are tracks of their own all the same. */
const writeAlbums = async (tones: ToneFolder, root: string, first: number): Promise<void> => {
  for (let album = first; album < first + ALBUMS_AT_ONCE; album++) {
    await mkdir(join(root, `Album ${album}`));
    for (let at = 0; at < TRACKS; at++) {
      const tagged = retagFlac(await readFile(tones.path(`${at}.flac`)), [
        ['TITLE', `Track ${album}.${at}`],
        ['ARTIST', `Artist ${album % ARTISTS}`],
        ['ALBUM', `Album ${album}`],
        ['TRACKNUMBER', String(at + 1)],
      ]);
      await writeFile(join(root, `Album ${album}`, `${at}.flac`), tagged);
    }
    await settleFiles(join(root, `Album ${album}`));
  }
};

describe('a scan that is interrupted', () => {
  let music: MusicServer;
  beforeAll(async () => {
    // Nothing is encoded: the scan is what is interrupted.
    music = await MusicServer.start(writeSounds, { arguments: ['--ladder', 'lazy'] });
  });
  afterAll(() => music.remove());

  const readyCount = async (): Promise<number> => (await libraryStatus(music.client)).files.ready;

  /** A few files have been taken in, and most have not. */
  const middleOfScan = (before: number): Promise<number> =>
    eventually(readyCount, (ready) => ready >= before + 3);

  const programs = (all: readonly RunningProcess[], name: string): readonly RunningProcess[] =>
    all.filter(({ command }) => command.includes(name));

  it('kill -9 of the worker alone: another takes its place and goes on', async () => {
    const before = await middleOfScan(0);
    expect(before).toBeLessThan(FILES / 3);
    const worker = workerOf(music.pid);
    process.kill(worker.pid, 'SIGKILL');
    await eventually(
      () => Promise.resolve(programs(descendantsOf(music.pid), 'worker.js')),
      ([other]) => other !== undefined && other.pid !== worker.pid,
    );
    expect((await music.client.request('GET', '/api/health')).status).toBe(200);
    await middleOfScan(before);
  });

  it('SIGTERM in mid-scan leaves no ffmpeg, no worker and no Postgres behind', async () => {
    const before = await readyCount();
    await writeAlbums(music.tones, music.root, ALBUMS_AT_ONCE);
    await music.client.request('POST', '/api/library/scan');
    await middleOfScan(before);
    const children = await eventually(
      () => Promise.resolve(descendantsOf(music.pid)),
      (all) => programs(all, 'ffmpeg').length > 0,
    );
    const postgres = postmasterPid(music.dataDir);
    expect(isAlive(postgres)).toBe(true);
    expect(await music.stop()).toBe(0);
    expect(children.filter(({ pid }) => isAlive(pid))).toEqual([]);
    expect(isAlive(postgres)).toBe(false);
  });

  it('kill -9 of the whole server in mid-scan, and the next start finishes cleanly: every file once', async () => {
    await music.restart();
    const before = await readyCount();
    await writeAlbums(music.tones, music.root, 2 * ALBUMS_AT_ONCE);
    await music.client.request('POST', '/api/library/scan');
    const middle = await middleOfScan(before);
    expect(middle).toBeLessThan(FILES);
    const started = descendantsOf(music.pid).filter(({ command }) => !command.includes('postgres'));
    await music.restart('kill');
    // The jobs of the dead worker come back once its heartbeat has been missed.
    const { files } = await music.settled(({ files: { ready } }) => ready === FILES);
    expect(files).toEqual({ found: FILES, ready: FILES, pending: 0, rejected: 0, missing: 0 });
    expect(started.filter(({ pid }) => isAlive(pid))).toEqual([]);

    const titles: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page: Page<TrackSummary> = await music.client.get(`/api/tracks?limit=100${query}`);
      titles.push(...page.items.map(({ title }) => title));
      cursor = page.nextCursor;
    }
    expect(titles).toHaveLength(FILES);
    expect(new Set(titles).size).toBe(FILES);
    const albums = await music.client.get<Page<{ readonly trackCount: number }>>('/api/albums');
    expect(albums.items.map(({ trackCount }) => trackCount)).toEqual(Array(ALBUMS).fill(TRACKS));
    const artists = await music.client.get<Page<{ readonly trackCount: number }>>('/api/artists');
    expect(artists.items.map(({ trackCount }) => trackCount)).toEqual(Array(ARTISTS).fill(FILES / ARTISTS));
    const [rows] = await askDatabase(
      music.dataDir,
      `SELECT (SELECT count(*)::int FROM files) AS files, (SELECT count(*)::int FROM tracks) AS tracks,
              (SELECT count(*)::int FROM tracks WHERE sample_count = 22050) AS measured`,
    );
    expect(rows).toEqual({ files: FILES, tracks: FILES, measured: FILES });
  });
});
