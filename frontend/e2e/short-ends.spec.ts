import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { Page as ListPage } from '../../backend/src/common/page.js';
import type { PlaybackGrantDto } from '../../backend/src/streaming/playback.dto.js';
import { MUSIC, settleFiles, writeTrack } from '../../backend/test/support/music-folder.js';
import { MusicServer } from '../../backend/test/support/music-server.js';
import type { ToneFolder } from '../../backend/test/support/tones.js';
import { launchBrowser, openPage } from './support/browser.js';
import { playToEnd } from './support/foreign-player.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(180_000);

/** What two segments leave over is less than a frame of the codec. */
const TRACKS = {
  opus: { sampleRateHz: 48_000, seconds: 8 },
  aac: { sampleRateHz: 48_000, seconds: 8.012 },
  flac: { sampleRateHz: 44_100, seconds: (2 * 44 * 4096 + 10) / 44_100 },
} as const;
type Codec = keyof typeof TRACKS;

const writeTracks = async (tones: ToneFolder): Promise<string> => {
  for (const [codec, tone] of Object.entries(TRACKS))
    await writeTrack(tones, {
      name: `${codec}.flac`,
      tone: { ...tone, noise: 0.02 },
      args: ['-c:a', 'flac', '-metadata', `title=${codec}`],
    });
  await settleFiles(tones.path(MUSIC));
  return tones.path(MUSIC);
};

describe('a track whose end would be a segment of less than a frame ends', () => {
  let music: MusicServer;
  let browser: Browser;
  let ids: ReadonlyMap<string, string>;

  beforeAll(async () => {
    [music, browser] = await Promise.all([MusicServer.start(writeTracks), launchBrowser()]);
    await music.settled(({ files }) => files.ready === Object.keys(TRACKS).length);
    const { items } = await music.client.get<ListPage<{ id: string; title: string }>>('/api/tracks');
    ids = new Map(items.map(({ id, title }) => [title, id]));
  });
  afterAll(async () => {
    await browser.close();
    await music.remove();
  });

  const cases = (['hls.js', 'dash.js', 'Shaka'] as const).flatMap((player) =>
    (['opus', 'aac', 'flac'] as const).map((codec) => [player, codec] as const),
  );

  it.each(cases)('in %s, %s', async (player, codec: Codec) => {
    const grant = await music.client.get<PlaybackGrantDto>(`/api/tracks/${ids.get(codec)}/playback`);
    const { page, media, close } = await openPage(browser);
    const url = player === 'hls.js' ? (grant.hls[codec] ?? '') : grant.dash;
    const named = codec === 'aac' ? 'mp4a' : codec;
    const heard = await playToEnd(page, music.url, player, url, player === 'Shaka' ? named : codec);
    await close();
    expect(heard.errors).toEqual([]);
    expect(Math.abs(heard.durationSeconds - TRACKS[codec].seconds)).toBeLessThan(1 / 200_000);
    expect(heard.endedAtSeconds).toBe(heard.durationSeconds);
    const parts = media.filter((path) => path.endsWith('.m4s'));
    expect(parts.every((path) => path.includes(`/${codec}-`))).toBe(true);
    expect(new Set(parts.map((path) => path.split('/').at(-1)))).toEqual(new Set(['0.m4s', '1.m4s']));
  });
});
