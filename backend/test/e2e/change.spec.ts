import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import type { Health } from '../../src/admin/health.service.js';
import type { Page } from '../../src/common/page.js';
import type { TrackSummary } from '../../src/catalog/catalog.dto.js';
import type { LibraryStatus } from '../../src/ingest/library.dto.js';
import type { PlaybackGrantDto } from '../../src/streaming/playback.dto.js';
import { eventually } from '../support/client.js';
import { DAWN, FERRY, FILES, NIGHT, RAIN, TIN } from '../support/music-folder.js';
import { libraryStatus, MusicServer } from '../support/music-server.js';
import { askDatabase } from '../support/server-database.js';
import { retagFlac } from '../support/tag-writers.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(300_000);

/** Every version of every row that a scan could have written. */
const ROW_VERSIONS = [
  'files',
  'folders',
  'albums',
  'artists',
  'tracks',
  'track_artists',
  'genres',
  'artworks',
]
  .map((table) => `SELECT '${table}' AS "table", xmin::text, ctid::text FROM ${table}`)
  .join(' UNION ALL ')
  .concat(' ORDER BY 1, 2, 3');

describe('the library follows the folder', () => {
  let music: MusicServer;
  let ids: ReadonlyMap<string, string>;

  const titles = async (): Promise<ReadonlyMap<string, string>> => {
    const { items } = await music.client.get<Page<TrackSummary>>('/api/tracks');
    return new Map(items.map((track) => [track.title, track.id]));
  };
  const path = (name: string): string => `${music.root}/${name}`;
  const scan = (): Promise<Response> => music.client.request('POST', '/api/library/scan');
  const scannedAt = ({ libraries }: LibraryStatus): string => libraries[0]?.lastScannedAt ?? '';
  const problemCodes = async (): Promise<readonly string[]> => {
    const { problems } = await music.client.get<Health>('/api/health');
    return problems.map(({ code }) => code);
  };
  const missing =
    (count: number) =>
    ({ files }: LibraryStatus): boolean =>
      files.missing === count;

  beforeAll(async () => {
    music = await MusicServer.start();
    await music.settled(({ files }) => files.found === FILES);
    ids = await titles();
  });
  afterAll(() => music.remove());

  it('a second scan changes nothing, not even a row', async () => {
    const before = await libraryStatus(music.client);
    const rows = await askDatabase(music.dataDir, ROW_VERSIONS);
    expect((await scan()).status).toBe(202);
    await music.settled((status) => scannedAt(status) > scannedAt(before));
    expect(await askDatabase(music.dataDir, ROW_VERSIONS)).toEqual(rows);
    expect(rows.length).toBeGreaterThan(30);
  });

  it('a restart keeps everything, and who was signed in still is', async () => {
    const { client } = music;
    const pages = ['/api/tracks', '/api/albums', '/api/artists', '/api/genres'];
    const before = await Promise.all(pages.map((page) => client.get(page)));
    await music.restart();
    const after = await Promise.all(pages.map((page) => music.client.get(page)));
    expect(after).toEqual(before);
    const { files } = await music.settled();
    expect(files).toEqual({ found: FILES, ready: 7, pending: 0, rejected: 3, missing: 0 });
    expect(await titles()).toEqual(ids);
    const same = await fetch(new URL('/api/me', music.url), { headers: { cookie: client.session } });
    expect(same.status).toBe(200);
  });

  it('a file that is renamed, moved or given new tags stays the same track', async () => {
    renameSync(path(FERRY), path('Various/Harbour Lights/02 The Ferry.opus'));
    mkdirSync(path('Elsewhere/Summer'), { recursive: true });
    renameSync(path(RAIN), path('Elsewhere/Summer/rain.m4a'));
    const comments = [
      ['TITLE', '夜の海 (live)'],
      ['ARTIST', '水無月'],
      ['ALBUM', '夜想'],
      ['ALBUMARTIST', '水無月'],
      ['DISCNUMBER', '1'],
    ] as const;
    writeFileSync(`${path(NIGHT)}.part`, retagFlac(readFileSync(path(NIGHT)), comments));
    renameSync(`${path(NIGHT)}.part`, path(NIGHT));
    const now = await eventually(titles, (known) => known.has('夜の海 (live)'));
    await music.settled();
    expect(now.get('夜の海 (live)')).toBe(ids.get('夜の海'));
    const settled = await titles();
    expect(settled.get('Ferry')).toBe(ids.get('Ferry'));
    expect(settled.get('Pluie d’été')).toBe(ids.get('Pluie d’été'));
    expect(settled.size).toBe(7);
    const paths = await askDatabase<{ path: string }>(
      music.dataDir,
      `SELECT display_path AS path FROM files WHERE state = 'ready'`,
    );
    expect(paths.map((row) => row.path)).toEqual(
      expect.arrayContaining(['Elsewhere/Summer/rain.m4a', 'Various/Harbour Lights/02 The Ferry.opus']),
    );
    const grant = await music.client.get<PlaybackGrantDto>(`/api/tracks/${ids.get('Pluie d’été')}/playback`);
    expect((await music.bytes(grant.original)).equals(readFileSync(path('Elsewhere/Summer/rain.m4a')))).toBe(
      true,
    );
  });

  it('a file that is new in the folder appears by itself', async () => {
    mkdirSync(path('New'));
    await music.tones.convert(`music/${DAWN}`, 'music/New/05 Noon.flac', [
      ...['-t', '1', '-metadata', 'title=Noon', '-metadata', 'album=New', '-metadata', 'artist=Zoë'],
    ]);
    const known = await eventually(titles, (all) => all.has('Noon'));
    await music.settled();
    expect(known.size).toBe(8);
  });

  it('a file that is gone is marked missing and leaves the lists; when it returns it is the same track', async () => {
    const away = music.tones.path('away.wav');
    renameSync(path(TIN), away);
    await scan();
    await music.settled(missing(1));
    expect((await titles()).has('Rain on tin')).toBe(false);
    const track = `/api/tracks/${ids.get('Rain on tin')}`;
    expect((await music.client.request('GET', `${track}/playback`)).status).toBeGreaterThanOrEqual(400);
    renameSync(away, path(TIN));
    await scan();
    await music.settled(missing(0));
    expect((await titles()).get('Rain on tin')).toBe(ids.get('Rain on tin'));
  });

  it('a folder that is suddenly empty changes nothing until an administrator says that it is right', async () => {
    const before = await titles();
    const away = music.tones.path('away');
    mkdirSync(away);
    for (const name of readdirSync(music.root)) renameSync(path(name), `${away}/${name}`);
    await scan();
    const held = await music.settled(({ libraries }) => libraries[0]?.held !== null);
    expect(held.libraries[0]?.held).toEqual({
      code: 'ROOT_EMPTY',
      reason: expect.stringMatching(/^The music folder is empty; it held \d+ files\./),
    });
    expect(held.files.missing).toBe(0);
    expect(await titles()).toEqual(before);
    expect(await problemCodes()).toContain('LIBRARY_HELD');

    await music.client.json('POST', '/api/users', {
      username: 'bob',
      password: 'listens only',
      role: 'curator',
    });
    const bob = music.client.another();
    await bob.signIn('bob', 'listens only');
    const confirm = { libraryId: held.libraries[0]?.id ?? '' };
    expect((await bob.request('POST', '/api/library/confirm', confirm)).status).toBe(403);
    expect((await music.client.request('POST', '/api/library/confirm', confirm)).status).toBe(202);
    const released = await music.settled(({ libraries }) => libraries[0]?.held === null);
    expect(released.files).toMatchObject({ found: 0, ready: 0 });
    expect((await titles()).size).toBe(0);

    for (const name of readdirSync(away)) renameSync(`${away}/${name}`, path(name));
    await scan();
    await music.settled(({ files }) => files.ready === 8);
    expect(await titles()).toEqual(before);
    expect(await problemCodes()).not.toContain('LIBRARY_HELD');
  });

  it('nothing was ever written into the folder', () => {
    const names = readdirSync(music.root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => entry.name);
    expect(names.sort()).toEqual(
      ['01 夜の海.flac', '01 暁光.flac', '01 Soleil.mp3', 'rain.m4a', '01 Pier.ogg', '02 The Ferry.opus']
        .concat(['01 - Rain on tin.wav', '05 Noon.flac', 'cut.flac', 'empty.flac', 'words.mp3'])
        .concat(['cover.png', 'folder.jpg'])
        .sort(),
    );
  });
});
