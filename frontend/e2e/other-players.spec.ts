import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { Page as ListPage } from '../../backend/src/common/page.js';
import type { PlaybackGrantDto, QueueGrantDto } from '../../backend/src/streaming/playback.dto.js';
import { MusicServer } from '../../backend/test/support/music-server.js';
import { launchBrowser, openPage } from './support/browser.js';
import { playToEnd, type ForeignPlayer, type Heard } from './support/foreign-player.js';
import { sideBySide } from './support/side-by-side.js';
import { TRACKS, writeToneAlbum } from './support/listening-room.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(300_000);

/** Shorter than any sample at any rate of ours. */
const SAMPLE_SECONDS = 1 / 200_000;

type Case = readonly [player: ForeignPlayer, codec: 'opus' | 'aac' | 'flac'];
const CASES: readonly Case[] = [
  ['dash.js', 'opus'],
  ['dash.js', 'aac'],
  ['hls.js', 'aac'],
  ['hls.js', 'opus'],
  ['hls.js', 'flac'],
];
const AT_ONCE = 3;

interface Played {
  readonly heard: Heard;
  readonly parts: readonly string[];
}

describe('players of other people read our manifests', () => {
  let music: MusicServer;
  let browser: Browser;
  let ids: readonly string[];
  let played: (each: Case) => Promise<Played>;

  beforeAll(async () => {
    [music, browser] = await Promise.all([MusicServer.start(writeToneAlbum), launchBrowser()]);
    await music.settled(({ files }) => files.ready === TRACKS.length);
    const { items } = await music.client.get<ListPage<{ id: string; trackNumber: number }>>('/api/tracks');
    ids = [...items].sort((a, b) => a.trackNumber - b.trackNumber).map(({ id }) => id);
    played = sideBySide(CASES, AT_ONCE, playFirst);
  });
  afterAll(async () => {
    await browser.close();
    await music.remove();
  });

  const play = async (player: ForeignPlayer, url: string, codec: string): Promise<Played> => {
    const { page, media, close } = await openPage(browser);
    const heard = await playToEnd(page, music.url, player, url, codec);
    await close();
    return { heard, parts: media.filter((path) => /\.(mp4|m4s)$/.test(path)) };
  };
  const lengthOf = (...tracks: readonly { readonly seconds: number }[]): number =>
    tracks.reduce((sum, { seconds }) => sum + seconds, 0);
  const expectWhole = (heard: Heard, seconds: number): void => {
    expect(heard.errors).toEqual([]);
    expect(Math.abs(heard.durationSeconds - seconds)).toBeLessThan(SAMPLE_SECONDS);
    expect(heard.endedAtSeconds).toBe(heard.durationSeconds);
  };

  const playFirst = async ([player, codec]: Case): Promise<Played> => {
    const client = await music.anotherDevice();
    const grant = await client.get<PlaybackGrantDto>(`/api/tracks/${ids[0]}/playback`);
    return play(player, player === 'dash.js' ? grant.dash : (grant.hls[codec] ?? ''), codec);
  };

  it.each(CASES.map((each) => [...each, each] as const))(
    '%s plays %s to the last sample, and no other codec',
    async (_player, codec, each) => {
      const { heard, parts } = await played(each);
      expectWhole(heard, lengthOf(TRACKS[0]));
      expect(parts.length).toBeGreaterThanOrEqual(4);
      expect(parts.filter((path) => !path.includes(`/${codec}-`))).toEqual([]);
    },
  );

  it('dash.js plays a queue of two tracks, a Period each, as one', async () => {
    const queue = { trackIds: ids.slice(0, 2), codec: 'opus' };
    const { dash } = await music.client.json<QueueGrantDto>('POST', '/api/playback', queue);
    const { heard, parts } = await play('dash.js', dash, 'opus');
    expectWhole(heard, lengthOf(TRACKS[0], TRACKS[1]));
    for (const id of queue.trackIds) expect(parts.some((path) => path.includes(id))).toBe(true);
  });
});
