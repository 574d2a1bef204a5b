import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import type { Page } from '../../src/common/page.js';
import type { TrackDetail, TrackSummary } from '../../src/catalog/catalog.dto.js';
import { findFfmpeg } from '../../src/media/find-ffmpeg.js';
import type { PlaybackGrantDto, QueueGrantDto } from '../../src/streaming/playback.dto.js';
import { loadSigningKey } from '../../src/streaming/signing-key.js';
import { signedQuery } from '../../src/streaming/signing.js';
import { eventually, type Client } from '../support/client.js';
import { decodeToEnd, md5, probeStreams } from '../support/media-bytes.js';
import { DAWN, FILES, MUSIC, NIGHT, SUN } from '../support/music-folder.js';
import { MusicServer } from '../support/music-server.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(300_000);

const NIGHT_SAMPLES = 401_310;
const OPUS_SAMPLES = 436_800;
const PRIMING = { aac: 1024, opus: 312, flac: 0 } as const;

/** The ffmpeg of 2018 that stands in where there is none asks for segments of DASH that are not in the manifest. */
const { degraded } = await findFfmpeg();
const itReadsDash = degraded === null ? it : it.skip;

describe('every track becomes an adaptive stream', () => {
  let music: MusicServer;
  let client: Client;
  let ids: ReadonlyMap<string, string>;

  beforeAll(async () => {
    music = await MusicServer.start();
    client = music.client;
    await music.settled(({ files }) => files.found === FILES);
    const { items } = await client.get<Page<TrackSummary>>('/api/tracks');
    ids = new Map(items.map((track) => [track.title, track.id]));
  });
  afterAll(() => music.remove());

  const idOf = (title: string): string => ids.get(title) ?? `no ${title}`;
  const grant = (title: string): Promise<PlaybackGrantDto> =>
    client.get(`/api/tracks/${idOf(title)}/playback`);
  const whole = (path: string): string => new URL(path, music.url).href;
  const source = (name: string): string => music.tones.path(`${MUSIC}/${name}`);
  const linesOf = async (path: string): Promise<readonly string[]> =>
    (await music.bytes(path))
      .toString()
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));

  /** The init part and every segment of a playlist, as a player would append them. */
  const download = async (playlist: string, name: string): Promise<string> => {
    const text = (await music.bytes(playlist)).toString();
    const init = /URI="([^"]+)"/.exec(text)?.[1] ?? '';
    const parts = [init, ...text.split('\n').filter((line) => line.startsWith('/media/'))];
    const bytes: Buffer[] = [];
    for (const part of parts) bytes.push(await music.bytes(part));
    return music.tones.write(name, Buffer.concat(bytes));
  };
  const rung = async (
    title: string,
    codec: 'aac' | 'opus' | 'flac',
    bitrateKbps: number,
  ): Promise<string> => {
    const playlists = await linesOf((await grant(title)).hls[codec]);
    return playlists.find((line) => line.includes(`/${codec}-${bitrateKbps}.m3u8`)) ?? 'no such rung';
  };

  it('a grant says what may be played, how long it lasts and how loud to play it', async () => {
    const night = await grant('夜の海');
    expect(night.durationMs).toBe(9100);
    expect(night.gainDb).toBeLessThan(0);
    const leftMs = Date.parse(night.expiresAt) - Date.now();
    expect(leftMs).toBeGreaterThan(500_000);
    expect(leftMs).toBeLessThanOrEqual(600_000);
    for (const url of [night.dash, night.original, ...Object.values(night.hls)])
      expect(url).toMatch(/^\/media\/[^?]+\?h=[\w-]+&e=\d+&k=[0-9a-f]{8}&s=[\w-]{43}$/);
    const stranger = await music.media(`/api/tracks/${idOf('夜の海')}/playback`);
    expect(stranger.status).toBe(401);
  });

  it('the first listener does not wait for an encode to finish: a segment comes as soon as it is made', async () => {
    const text = (await music.bytes(await rung('夜の海', 'opus', 96))).toString();
    const segments = text.split('\n').filter((line) => line.startsWith('/media/'));
    expect(segments).toHaveLength(3);
    const first = await music.bytes(segments[0] ?? '');
    expect(first.toString('latin1', 4, 8)).toMatch(/moof|styp|sidx/);
  });

  it.each([
    ['aac', 160, 44_100, NIGHT_SAMPLES],
    ['opus', 96, 48_000, OPUS_SAMPLES],
    ['opus', 320, 48_000, OPUS_SAMPLES],
    ['flac', 0, 44_100, NIGHT_SAMPLES],
  ] as const)(
    '%s at %d kbit/s is what it says: codec, rate, and length to the sample',
    async (codec, kbps, rate, samples) => {
      const file = await download(await rung('夜の海', codec, kbps), `${codec}-${kbps}.mp4`);
      const [stream] = await probeStreams(music.tones.tools, file);
      expect(stream).toMatchObject({ codec, sampleRateHz: rate, channels: 2 });
      expect((stream?.samples ?? 0) - PRIMING[codec]).toBe(samples);
      if (kbps > 0) {
        expect(stream?.bitrateKbps).toBeGreaterThan(kbps * 0.9);
        expect(stream?.bitrateKbps).toBeLessThan(kbps * 1.1);
      }
    },
  );

  const LOSSLESS = [
    ['夜の海', NIGHT, 's16le'],
    ['暁光', DAWN, 's24le'],
  ] as const;

  it.each(LOSSLESS)('FLAC over HLS gives every bit of %s back', async (title, name, format) => {
    const { tools } = music.tones;
    const heard = await decodeToEnd(tools, whole((await grant(title)).hls.flac), { format });
    expect(md5(heard)).toBe(md5(await decodeToEnd(tools, source(name), { format })));
  });

  itReadsDash.each(LOSSLESS)('FLAC over DASH gives every bit of %s back', async (title, name, format) => {
    const { tools } = music.tones;
    const dash = whole((await grant(title)).dash);
    const flac = (await probeStreams(tools, dash)).find(({ codec }) => codec === 'flac');
    const heard = await decodeToEnd(tools, dash, { format, stream: `0:${flac?.index}` });
    expect(md5(heard)).toBe(md5(await decodeToEnd(tools, source(name), { format })));
  });

  /** ffmpeg hands out the last frame of lossy codecs whole. */
  const expectWhole = (pcm: Buffer, codec: string): void => {
    const samples = codec === 'opus' ? OPUS_SAMPLES : NIGHT_SAMPLES;
    expect(pcm.length / 4).toBeGreaterThanOrEqual(samples);
    expect(pcm.length / 4).toBeLessThan(samples + 2400);
  };

  it.each(['aac', 'opus'] as const)('ffmpeg reads %s over HLS to the end', async (codec) => {
    const { hls } = await grant('夜の海');
    expectWhole(await decodeToEnd(music.tones.tools, whole(hls[codec])), codec);
  });

  itReadsDash('ffmpeg reads every rung of the DASH manifest to the end', async () => {
    const { tools } = music.tones;
    const dash = whole((await grant('夜の海')).dash);
    const streams = await probeStreams(tools, dash);
    const rungs = ['aac', 'aac', 'aac', 'flac', 'opus', 'opus', 'opus'];
    expect(streams.map(({ codec }) => codec).sort()).toEqual(rungs);
    for (const { index, codec } of streams)
      expectWhole(await decodeToEnd(tools, dash, { stream: `0:${index}` }), codec);
  });

  it('a lossy track keeps its own length, and FLAC is not offered by itself', async () => {
    const { dash, hls } = await grant('Soleil');
    expect((await music.bytes(dash)).toString()).not.toContain('flac');
    const aac = await linesOf(hls.aac);
    expect(aac).toHaveLength(3);
    const sun = await download(await rung('Soleil', 'aac', 96), 'sun.mp4');
    expect(await probeStreams(music.tones.tools, sun)).toMatchObject([
      { codec: 'aac', samples: 4.5 * 44_100 + PRIMING.aac },
    ]);
  });

  it('manifests state the duration to the sample, one codec each set, and the peak of each rung', async () => {
    const { dash, hls } = await grant('夜の海');
    const answer = await music.media(dash);
    expect(answer.headers.get('content-type')).toBe('application/dash+xml');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const mpd = await answer.text();
    expect(mpd).toContain('type="static"');
    expect(mpd).toContain('mediaPresentationDuration="PT9.100000000S"');
    expect([...mpd.matchAll(/<AdaptationSet[^>]* codecs="([^"]+)"/g)].map(([, codec]) => codec)).toEqual([
      'opus',
      'mp4a.40.2',
      'flac',
    ]);
    expect(mpd.match(/startNumber="0"/g)?.length).toBeGreaterThanOrEqual(3);
    const master = (await music.bytes(hls.opus)).toString();
    expect(master.match(/#EXT-X-STREAM-INF:/g)).toHaveLength(3);
    const codecs = [...master.matchAll(/CODECS="([^"]+)"/g)].map(([, codec]) => codec);
    expect(codecs).toEqual(['Opus', 'Opus', 'Opus']);
    const playlist = (await music.bytes(await rung('夜の海', 'opus', 160))).toString();
    const seconds = [...playlist.matchAll(/#EXTINF:([\d.]+),/g)].reduce(
      (sum, [, text]) => sum + Number(text),
      0,
    );
    expect(Math.round(seconds * 48_000)).toBe(OPUS_SAMPLES);
    expect(playlist.trimEnd()).toMatch(/#EXT-X-ENDLIST$/);
  });

  it('segments are immutable; a changed or expired address is refused, and beyond the last there is nothing', async () => {
    const trackId = idOf('夜の海');
    const addresses = await linesOf(await rung('夜の海', 'opus', 160));
    const [path = '', query = ''] = addresses[2]?.split('?') ?? [];
    const segment = (n: number, signature = query): string =>
      `${path.replace('/2.m4s', `/${n}.m4s`)}?${signature}`;
    const last = await music.media(segment(2));
    expect(last.status).toBe(200);
    expect(last.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(last.headers.get('content-type')).toBe('audio/mp4');
    expect((await last.arrayBuffer()).byteLength).toBe(Number(last.headers.get('content-length')));
    expect((await music.media(segment(3))).status).toBe(404);
    expect((await music.media(segment(0).replace('opus-160', 'opus-161'))).status).toBe(404);

    const changed = query.replace(/.$/, (end) => (end === 'A' ? 'B' : 'A'));
    const later = query.replace(/e=(\d+)/, (_, expires) => `e=${Number(expires) + 60}`);
    for (const wrong of [changed, later, '', query.replace(/h=[^&]+/, 'h=somebody')])
      expect([wrong, (await music.media(segment(0, wrong))).status]).toEqual([wrong, 403]);
    expect((await music.media(segment(0).replace(trackId, idOf('暁光')))).status).toBe(403);
    const permit = { prefix: `/media/${trackId}/`, holder: 'ann' };
    const key = await loadSigningKey(music.dataDir);
    const now = Math.floor(Date.now() / 1000);
    const expired = signedQuery(key, { ...permit, expiresAtSeconds: now - 1 });
    expect((await music.media(segment(0, expired))).status).toBe(403);
    const lasting = signedQuery(key, { ...permit, expiresAtSeconds: now + 60 });
    expect((await music.media(segment(0, lasting))).status).toBe(200);
  });

  it('the original is the file as it came, whole and in ranges', async () => {
    const { original } = await grant('Soleil');
    const file = await readFile(source(SUN));
    const answer = await music.media(original);
    expect(answer.headers.get('content-type')).toBe('audio/mpeg');
    expect(Buffer.from(await answer.arrayBuffer()).equals(file)).toBe(true);
    for (const [range, start, end] of [
      ['bytes=100-199', 100, 200],
      ['bytes=50000-', 50_000, file.length],
      ['bytes=-77', file.length - 77, file.length],
    ] as const) {
      const part = await music.media(original, { headers: { range } });
      expect(part.status).toBe(206);
      expect(part.headers.get('content-range')).toBe(`bytes ${start}-${end - 1}/${file.length}`);
      expect(Buffer.from(await part.arrayBuffer()).equals(file.subarray(start, end))).toBe(true);
    }
    expect((await music.media(original, { headers: { range: `bytes=${file.length}-` } })).status).toBe(416);
  });

  it('a queue is granted as one timeline, and its last segments have their full last frame', async () => {
    const trackIds = [idOf('夜の海'), idOf('Soleil'), idOf('夜の海')];
    const queue = await client.json<QueueGrantDto>('POST', '/api/playback', { trackIds, codec: 'aac' });
    expect(queue.items.map(({ trackId, startMs, samples }) => [trackId, startMs, samples])).toEqual([
      [trackIds[0], 0, NIGHT_SAMPLES],
      [trackIds[1], 9100, 198_450],
      [trackIds[2], 13_600, NIGHT_SAMPLES],
    ]);
    const [night] = queue.items;
    expect(night).toMatchObject({ sampleRateHz: 44_100, primingSamples: 1024, frameSamples: 1024 });
    const low = night?.rungs.find(({ bitrateKbps }) => bitrateKbps === 96);
    const numbered = (n: number): string => (low?.segments ?? '').replace('$Number$', String(n));
    const samplesOf = async (name: string, address: (n: number) => string): Promise<number> => {
      const parts = [await music.bytes(low?.init ?? '')];
      for (const n of [0, 1, 2]) parts.push(await music.bytes(address(n)));
      const file = await music.tones.write(name, Buffer.concat(parts));
      const [stream] = await probeStreams(music.tones.tools, file);
      return (stream?.samples ?? 0) - PRIMING.aac;
    };
    const full = await samplesOf('full.mp4', numbered);
    expect(full).toBeGreaterThan(NIGHT_SAMPLES);
    expect((full + 1024) % 1024).toBe(0);
    expect(await samplesOf('cut.mp4', (n) => numbered(n).replace('/full/', '/'))).toBe(NIGHT_SAMPLES);
    expect((await music.media(numbered(3))).status).toBe(404);
    const mpd = (await music.bytes(queue.dash)).toString();
    expect(mpd.match(/<Period /g)).toHaveLength(3);
    const wrong = await client.request('POST', '/api/playback', { trackIds, codec: 'mp3' });
    expect(wrong.status).toBe(400);
  });

  it('what was asked for is kept: the renditions say so', async () => {
    const track = await eventually(
      () => client.get<TrackDetail>(`/api/tracks/${idOf('夜の海')}`),
      ({ renditions }) => renditions.filter(({ state }) => state === 'ready').length === 7,
    );
    expect(track.renditions.map(({ codec, bitrateKbps }) => `${codec}-${bitrateKbps}`).sort()).toEqual([
      'aac-160',
      'aac-320',
      'aac-96',
      'flac-0',
      'opus-160',
      'opus-320',
      'opus-96',
    ]);
  });
});
