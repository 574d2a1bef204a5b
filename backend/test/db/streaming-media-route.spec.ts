import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile, rename } from 'node:fs/promises';
import { newId } from '../../src/common/id.js';
import { findFfmpeg, type FfmpegTools } from '../../src/media/find-ffmpeg.js';
import { LADDER } from '../../src/media/ladder.js';
import { signedQuery, signingKey } from '../../src/streaming/signing.js';
import { TestEncoders } from '../support/encoders.js';
import { addMeasuredTrack, storeFacts } from '../support/measured-track.js';
import { TestMediaServer } from '../support/media-server.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';
import { ToneFolder } from '../support/tones.js';

const KEY = signingKey(Buffer.alloc(32, 1));
const HOLDER = 'a-listener';
const [, , , opus96] = LADDER;

describe('the media route', () => {
  let database: TestDatabase;
  let tones: ToneFolder;
  let encoders: TestEncoders;
  let media: TestMediaServer;
  let tools: FfmpegTools;
  let lossless: string;
  let lossy: string;
  let query: string;
  /** Where the segments of the lossless track lie. */
  let segments: string;

  beforeAll(async () => {
    tools = await findFfmpeg();
    database = await testDatabase();
    tones = await ToneFolder.create();
    encoders = new TestEncoders(database.db, tools);
    media = await TestMediaServer.start(database, encoders, KEY);
    const wav = await tones.wav('夜 "live".wav', { seconds: 5.3, noise: 0.1 });
    lossless = (await addMeasuredTrack(database.db, tools, wav)).trackId;
    const mp3 = await tones.convert('夜 "live".wav', 'lossy.mp3');
    lossy = (await addMeasuredTrack(database.db, tools, mp3)).trackId;
    await encoders.renditions.queue(await encoders.sources.get(lossless), LADDER);
    await encoders.ladder('lazy').encodeTrack(lossless, new AbortController().signal);
    const grant = await media.grants.track(lossless, HOLDER, null);
    query = grant.dash.slice(grant.dash.indexOf('?'));
    segments = await encoders.segmentsOf(lossless);
  });
  afterAll(async () => {
    await media.close();
    await encoders.close();
    await tones.remove();
    await database.close();
  });

  const codeOf = async (response: Response): Promise<unknown> => [
    response.status,
    ((await response.json()) as { code?: unknown }).code, // A test's own reading of a problem document.
  ];

  it('sends a segment as an immutable object of a known length', async () => {
    const response = await media.get(`${segments}opus-160/0.m4s${query}`);
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'audio/mp4',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    expect(bytes.length).toBe(Number(response.headers.get('content-length')));
    expect(bytes.toString('latin1', 4, 8)).toBe('moof');
  });

  it('sends what is asked for again from memory: the same bytes, though the file is gone', async () => {
    const path = `${segments}aac-96/0.m4s${query}`;
    const first = await media.get(path);
    const read = Buffer.from(await first.arrayBuffer());
    expect((await media.bytes(path)).equals(read)).toBe(true);
    const row = await encoders.renditions.find({ trackId: lossless, codec: 'aac', bitrateKbps: 96 });
    const file = encoders.store.localPath(row?.storageKey ?? '');
    await rename(file, `${file}.away`);
    try {
      const again = await media.get(path);
      expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
      expect(Buffer.from(await again.arrayBuffer()).equals(read)).toBe(true);
    } finally {
      await rename(`${file}.away`, file);
    }
  });

  it('sends a segment not again to who has it, cold or hot, and tells segments apart', async () => {
    const path = `${segments}opus-320/0.m4s${query}`;
    const tags: (string | null)[] = [];
    for (let time = 0; time < 3; time++) {
      const whole = await media.get(path);
      const tag = whole.headers.get('etag') ?? '';
      await whole.arrayBuffer();
      const same = await media.get(path, { headers: { 'if-none-match': tag } });
      expect([same.status, (await same.arrayBuffer()).byteLength]).toEqual([304, 0]);
      tags.push(tag);
    }
    tags.push((await media.get(`${segments}opus-320/full/0.m4s${query}`)).headers.get('etag'));
    tags.push((await media.get(`${segments}opus-320/1.m4s${query}`)).headers.get('etag'));
    expect(new Set(tags).size).toBe(3);
  });

  it('answers HEAD with the length and nothing else', async () => {
    const head = await media.get(`${segments}flac-0/0.m4s${query}`, { method: 'HEAD' });
    const whole = await media.bytes(`${segments}flac-0/0.m4s${query}`);
    expect(Number(head.headers.get('content-length'))).toBe(whole.length);
    expect((await head.arrayBuffer()).byteLength).toBe(0);
  });

  it('takes no other method', async () => {
    const response = await media.get(`${segments}opus-160/0.m4s${query}`, { method: 'POST' });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it.each([
    'opus-160/2.m4s',
    'opus-160/999999.m4s',
    'opus-161/0.m4s',
    'opus-160/full/2.m4s',
    'flac-1/init.mp4',
  ])('%s is no segment', async (name) => {
    expect(await codeOf(await media.get(`${segments}${name}${query}`))).toEqual([404, 'SEGMENT_NOT_FOUND']);
  });

  it('the segments of another sound are none of this track', async () => {
    for (const name of ['opus-160/0.m4s', 'opus-160/full/0.m4s', 'aac-96/init.mp4'])
      expect(await codeOf(await media.get(`/media/${lossless}/0123456789ab/${name}${query}`))).toEqual([
        404,
        'SEGMENT_NOT_FOUND',
      ]);
    const notEncoded = await addMeasuredTrack(
      database.db,
      tools,
      await tones.wav('other.wav', { seconds: 1 }),
    );
    const signature = (await media.grants.track(notEncoded.trackId, HOLDER, null)).dash.split('?')[1] ?? '';
    const path = `/media/${notEncoded.trackId}/0123456789ab/opus-96/0.m4s?${signature}`;
    expect(await codeOf(await media.get(path))).toEqual([404, 'SEGMENT_NOT_FOUND']);
    expect(await encoders.renditions.findOfTracks([notEncoded.trackId])).toEqual([]);
  });

  it('refuses a signature that is wrong, missing, expired or of another track', async () => {
    const path = `${segments}opus-160/0.m4s`;
    const expired = signedQuery(KEY, {
      prefix: `/media/${lossless}/`,
      holder: HOLDER,
      expiresAtSeconds: Math.floor(Date.now() / 1000) - 1,
    });
    const other = (await media.grants.track(lossy, HOLDER, null)).dash.split('?')[1] ?? '';
    const turned = query.replace(/.$/, query.endsWith('A') ? 'B' : 'A');
    for (const wrong of ['', '?', `?${expired}`, `?${other}`, turned, `${query}&x=1`])
      expect(await codeOf(await media.get(path + wrong))).toEqual([403, 'BAD_SIGNATURE']);
  });

  it('a track that is not there has no media, however well signed', async () => {
    const trackId = newId();
    const signature = signedQuery(KEY, {
      prefix: `/media/${trackId}/`,
      holder: HOLDER,
      expiresAtSeconds: Math.floor(Date.now() / 1000) + 60,
    });
    for (const name of ['0123456789ab/opus-160/0.m4s', 'dash.mpd', 'original', 'hls/opus.m3u8'])
      expect(await codeOf(await media.get(`/media/${trackId}/${name}?${signature}`))).toEqual([
        404,
        'TRACK_NOT_FOUND',
      ]);
  });

  it('says when to try again if no encoder has come in time', async () => {
    const short = await TestMediaServer.start(database, encoders, KEY, 200);
    try {
      const signature = (await short.grants.track(lossy, HOLDER, null)).dash.split('?')[1] ?? '';
      const response = await short.get(`${await encoders.segmentsOf(lossy)}opus-96/0.m4s?${signature}`);
      expect(response.headers.get('retry-after')).toBe('5');
      expect(await codeOf(response)).toEqual([503, 'ENCODER_BUSY']);
    } finally {
      await short.close();
    }
  });

  describe('the original', () => {
    it('is the file as it came, under its own name', async () => {
      const response = await media.get(`/media/${lossless}/original${query}`);
      expect(response.status).toBe(200);
      expect(response.headers.get('content-type')).toBe('audio/wav');
      expect(response.headers.get('content-disposition')).toBe(
        `attachment; filename="_ _live_.wav"; filename*=UTF-8''%E5%A4%9C%20%22live%22.wav`,
      );
      const file = await readFile(tones.path('夜 "live".wav'));
      expect(Buffer.from(await response.arrayBuffer()).equals(file)).toBe(true);
    });

    it.each([
      ['bytes=0-99', 0, 99],
      ['bytes=400000-', 400_000, null],
      ['bytes=-10', -10, null],
      ['bytes=100-99999999', 100, null],
    ])('%s is that part of it', async (range, start, end) => {
      const file = await readFile(tones.path('夜 "live".wav'));
      const part = end === null ? file.subarray(start) : file.subarray(start, end + 1);
      const first = start < 0 ? file.length + start : start;
      const response = await media.get(`/media/${lossless}/original${query}`, { headers: { range } });
      expect(response.status).toBe(206);
      expect(response.headers.get('content-range')).toBe(
        `bytes ${first}-${first + part.length - 1}/${file.length}`,
      );
      expect(Buffer.from(await response.arrayBuffer()).equals(part)).toBe(true);
    });

    it('has nothing beyond its end', async () => {
      const headers = { range: 'bytes=99999999-' };
      const response = await media.get(`/media/${lossless}/original${query}`, { headers });
      expect(response.status).toBe(416);
      expect(response.headers.get('content-range')).toMatch(/^bytes \*\/\d+$/);
    });

    it('is not sent again to who has it, and whole to who had another', async () => {
      const path = `/media/${lossless}/original${query}`;
      const tag = (await media.get(path, { method: 'HEAD' })).headers.get('etag') ?? '';
      const same = await media.get(path, { headers: { 'if-none-match': tag } });
      expect([same.status, (await same.arrayBuffer()).byteLength]).toEqual([304, 0]);
      const range = 'bytes=0-9';
      expect((await media.get(path, { headers: { range, 'if-range': tag } })).status).toBe(206);
      expect((await media.get(path, { headers: { range, 'if-range': '"other"' } })).status).toBe(200);
    });
  });

  it('offers FLAC by itself only of a lossless source, and to who asks of any', async () => {
    const grant = await media.grants.track(lossy, HOLDER, null);
    const codecs = async (url: string): Promise<unknown> =>
      [...(await (await media.get(url)).text()).matchAll(/codecs="([^"]+)"/g)].map((match) => match[1]);
    expect(await codecs((await media.grants.track(lossless, HOLDER, null)).dash)).toEqual([
      'opus',
      'mp4a.40.2',
      'flac',
    ]);
    expect(await codecs(grant.dash)).toEqual(['opus', 'mp4a.40.2']);
    expect((await media.get(grant.hls.flac)).status).toBe(200);
  });

  it('does not send the old sound of a track that was measured anew', async () => {
    const wav = await tones.wav('changed.wav', { seconds: 2 });
    const track = await addMeasuredTrack(database.db, tools, wav);
    const { trackId } = track;
    const signature = (await media.grants.track(trackId, HOLDER, null)).dash.split('?')[1] ?? '';
    const segmentPath = async (): Promise<string> =>
      `${await encoders.segmentsOf(trackId)}opus-96/0.m4s?${signature}`;
    const encode = async (): Promise<void> => {
      await encoders.renditions.queue(await encoders.sources.get(trackId), [opus96]);
      await encoders.ladder('lazy').encodeTrack(trackId, new AbortController().signal);
    };
    await encode();
    const oldPath = await segmentPath();
    const before = await media.bytes(oldPath);
    await tones.wav('changed.wav', { seconds: 2, frequencyHz: 880, noise: 0.3 });
    await storeFacts(database.db, track, tools, wav);
    await database.db.query('DELETE FROM renditions WHERE track_id = $1', [trackId]);
    const newPath = await segmentPath();
    expect(newPath).not.toBe(oldPath);
    await encode();
    const after = await media.bytes(newPath);
    expect(after.equals(before)).toBe(false);
    await encoders.notifier.publish('kanade_fragment', { trackId });
    while ((await media.get(oldPath)).status === 200) await new Promise((resolve) => setTimeout(resolve, 20));
    const gone = await media.get(oldPath);
    expect(gone.headers.get('cache-control')).toBe('no-store');
    expect(await codeOf(gone)).toEqual([404, 'SEGMENT_NOT_FOUND']);
    const row = await encoders.renditions.find({ trackId, codec: 'opus', bitrateKbps: 96 });
    const file = await readFile(encoders.store.localPath(row?.storageKey ?? ''));
    expect(after.equals(file.subarray(row?.initBytes ?? 0))).toBe(true);
  });

  it('grants a queue with a place for each item and one manifest for other clients', async () => {
    const ids = [lossless, lossy, lossless];
    const grant = await media.grants.queue(ids, 'opus', HOLDER, null);
    expect(grant.items.map((item) => item.trackId)).toEqual(ids);
    expect(grant.items.map((item) => item.startMs)[0]).toBe(0);
    for (const [index, item] of grant.items.entries()) {
      const before = grant.items
        .slice(0, index)
        .reduce((sum, each) => sum + each.samples / each.sampleRateHz, 0);
      expect(item.startMs).toBe(Math.round(before * 1000));
      expect(item).toMatchObject({
        sampleRateHz: 48_000,
        primingSamples: 312,
        frameSamples: 960,
        leadSamples: 960,
        segmentSamples: null,
      });
    }
    const mpd = await (await media.get(grant.dash)).text();
    expect(mpd.match(/<Period /g)).toHaveLength(3);
    expect(mpd).toContain(`${await encoders.segmentsOf(lossy)}$RepresentationID$/$Number$.m4s?`);
    const forged = grant.dash.replace('/opus/', '/aac/');
    expect(await codeOf(await media.get(forged))).toEqual([403, 'BAD_SIGNATURE']);
  });
});
