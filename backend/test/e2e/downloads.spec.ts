import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { AlbumSummary, TrackSummary } from '../../src/catalog/catalog.dto.js';
import type { Page } from '../../src/common/page.js';
import { findFfmpeg, type FfmpegTools } from '../../src/media/find-ffmpeg.js';
import type { Client } from '../support/client.js';
import { DAWN, NIGHT } from '../support/music-folder.js';
import { MusicServer } from '../support/music-server.js';
import { zipEntries } from '../support/zip.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(180_000);

const PASSWORD = 'battery staple';

describe('music as files', () => {
  let music: MusicServer;
  let tools: FfmpegTools;
  let mia: Client;
  let miaId: string;
  let night: TrackSummary;
  let album: AlbumSummary;

  beforeAll(async () => {
    [music, tools] = await Promise.all([MusicServer.start(), findFfmpeg()]);
    await music.settled(({ files }) => files.ready > 5);
    const body = { username: 'mia', password: PASSWORD, role: 'listener' };
    miaId = (await music.client.json<{ id: string }>('POST', '/api/users', body)).id;
    mia = music.client.another();
    await mia.signIn('mia', PASSWORD);
    const named = async <T extends { title: string }>(path: string, title: string): Promise<T> => {
      const found = (await mia.get<Page<T>>(path)).items.find((each) => each.title === title);
      if (found === undefined) throw new Error(`no ${title}`);
      return found;
    };
    night = await named<TrackSummary>('/api/tracks', '夜の海');
    album = await named<AlbumSummary>('/api/albums', '夜想');
  });
  afterAll(() => music.remove());

  const may = (mayDownload: boolean): Promise<unknown> =>
    music.client.json('PATCH', `/api/users/${miaId}`, { mayDownload });
  const path = (format: string): string => `/api/tracks/${night.id}/download?format=${format}`;
  const get = (address: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    mia.request('GET', address, undefined, headers);
  const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());
  const original = (name: string): Buffer => readFileSync(join(music.root, name));
  /** What ffmpeg makes of these bytes. */
  const run = (program: string, args: readonly string[], bytes: Buffer): Buffer => {
    const file = music.tones.path('downloaded');
    writeFileSync(file, bytes);
    const { stdout, stderr, status } = spawnSync(
      program,
      args.map((each) => (each === 'FILE' ? file : each)),
      { maxBuffer: 1 << 26 },
    );
    if (status !== 0) throw new Error(stderr.toString());
    return stdout;
  };
  const soundOf = (bytes: Buffer): Buffer =>
    run(tools.ffmpegPath, ['-v', 'error', '-i', 'FILE', '-map', '0:a', '-f', 's16le', '-'], bytes);

  it('are given to whom an administrator lets have them, and to keys made for it', async () => {
    expect((await get(path('original'))).status).toBe(403);
    expect((await get(`/api/albums/${album.id}/download`)).status).toBe(403);
    await may(true);
    expect((await get(path('original'))).status).toBe(200);
    const keyed = async (scopes: readonly string[]): Promise<number> => {
      const { key } = await mia.json<{ key: string }>('POST', '/api/me/keys', { name: 'k', scopes });
      const headers = { authorization: `Bearer ${key}` };
      return (await mia.another().request('GET', path('original'), undefined, headers)).status;
    };
    expect([await keyed(['read', 'write']), await keyed(['download'])]).toEqual([403, 200]);
    await may(false);
    expect((await get(path('original'))).status).toBe(403);
    await may(true);
  });

  it('go as they came, whole or in part, under a name that every browser reads', async () => {
    const whole = original(NIGHT);
    const response = await get(path('original'));
    expect(response.headers.get('content-length')).toBe(String(whole.length));
    expect(response.headers.get('content-type')).toBe('audio/flac');
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="01 ___.flac"; filename*=UTF-8''01%20${encodeURIComponent('夜の海')}.flac`,
    );
    expect((await bytesOf(response)).equals(whole)).toBe(true);
    const tag = response.headers.get('etag') ?? '';
    const part = await get(path('original'), { range: 'bytes=100-299', 'if-range': tag });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 100-299/${whole.length}`]);
    expect((await bytesOf(part)).equals(whole.subarray(100, 300))).toBe(true);
    const changed = await get(path('original'), { range: 'bytes=0-1', 'if-range': '"other"' });
    expect([changed.status, (await bytesOf(changed)).length]).toEqual([200, whole.length]);
    const beyond = await get(path('original'), { range: `bytes=${whole.length}-` });
    expect(beyond.status).toBe(416);
    const head = await mia.request('HEAD', path('original'));
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(whole.length)]);
  });

  it.each(['flac', 'aac-160', 'opus-96'])('go as %s with tags and cover inside', async (format) => {
    const response = await get(path(format));
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'audio/mp4']);
    const bytes = await bytesOf(response);
    expect(response.headers.get('content-length')).toBe(String(bytes.length));
    const told = JSON.parse(
      run(
        tools.ffprobePath,
        ['-v', 'error', '-show_format', '-show_streams', '-of', 'json', 'FILE'],
        bytes,
      ).toString(),
    ) as {
      format: { tags: Record<string, string> };
      streams: { codec_name: string; disposition: { attached_pic: number } }[];
    };
    expect(told.format.tags).toMatchObject({
      title: '夜の海',
      artist: '水無月',
      album: '夜想',
      genre: 'Ambient',
      track: '1/1',
      disc: '1/2',
    });
    expect(told.streams.map(({ codec_name, disposition }) => [codec_name, disposition.attached_pic])).toEqual(
      [
        [format.split('-')[0], 0],
        ['mjpeg', 1],
      ],
    );
    const sound = soundOf(bytes);
    const source = soundOf(original(NIGHT));
    if (format === 'flac') expect(sound.equals(source)).toBe(true);
    else expect(Math.abs(sound.length - source.length) / source.length).toBeLessThan(0.1);
    const part = await get(path(format), { range: `bytes=200-${bytes.length - 3}` });
    expect([part.status, (await bytesOf(part)).equals(bytes.subarray(200, -2))]).toEqual([206, true]);
  });

  it('go as albums and playlists in one ZIP, whose length is told', async () => {
    const response = await get(`/api/albums/${album.id}/download`);
    const zip = await bytesOf(response);
    expect(response.headers.get('content-length')).toBe(String(zip.length));
    expect(response.headers.get('content-disposition')).toContain(encodeURIComponent('水無月 - 夜想.zip'));
    const entries = zipEntries(zip);
    expect(entries.map(({ name }) => name)).toEqual([
      '水無月 - 夜想/1-01 夜の海.flac',
      '水無月 - 夜想/2-01 暁光.flac',
    ]);
    expect(entries.map(({ bytes }) => bytes.equals(original(NIGHT)))).toEqual([true, false]);
    expect(entries.map(({ bytes }) => bytes.equals(original(DAWN)))).toEqual([false, true]);
    for (const { bytes, crc } of entries) expect(crc32(bytes)).toBe(crc);
    const { id } = await mia.json<{ id: string }>('POST', '/api/playlists', { title: 'AC/DC: con' });
    await mia.json('POST', `/api/playlists/${id}/entries`, {
      revision: 1,
      trackIds: [night.id, night.id],
    });
    const list = zipEntries(await bytesOf(await get(`/api/playlists/${id}/download?format=aac-96`)));
    expect(list.map(({ name }) => name)).toEqual(['AC_DC_ con/01 水無月 - 夜の海.m4a']);
    expect(soundOf(list[0]?.bytes ?? Buffer.alloc(0)).length).toBeGreaterThan(1_000_000);
  });

  it('have beside them playlists as files, which are read again', async () => {
    const wish = { title: '夜 "1/2"', trackIds: [night.id, night.id] };
    const { id } = await mia.json<{ id: string }>('POST', '/api/playlists', wish);
    const file = await get(`/api/playlists/${id}/export?format=xspf`);
    expect(file.headers.get('content-type')).toBe('application/xspf+xml; charset=utf-8');
    expect(file.headers.get('content-disposition')).toBe(
      `attachment; filename="_ _1_2_.xspf"; filename*=UTF-8''${encodeURIComponent('夜 "1_2".xspf')}`,
    );
    const body = { format: 'xspf', content: await file.text() };
    const imported = await mia.json('POST', '/api/playlists/import', body);
    expect(imported).toMatchObject({ found: 2, missing: [], playlist: { title: wish.title, entryCount: 2 } });
  });

  it('are not there for whom the folder is closed, nor in a format that is none', async () => {
    expect((await get(path('mp3'))).status).toBe(400);
    const missing = await get('/api/albums/01890000-0000-7000-8000-000000000000/download');
    expect([missing.status, await missing.json()]).toMatchObject([404, { code: 'ALBUM_NOT_FOUND' }]);
  });
});
