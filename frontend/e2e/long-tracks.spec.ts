import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { Page as ListPage } from '../../backend/src/common/page.js';
import type { PlaybackGrantDto } from '../../backend/src/streaming/playback.dto.js';
import { MUSIC, settleFiles, writeTrack } from '../../backend/test/support/music-folder.js';
import { MusicServer } from '../../backend/test/support/music-server.js';
import type { ToneFolder } from '../../backend/test/support/tones.js';
import { launchBrowser, openPage } from './support/browser.js';
import { playToEnd, type ForeignPlayer, type Heard } from './support/foreign-player.js';
import { sideBySide } from './support/side-by-side.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(300_000);

/** Ten chunks of each codec; the last begins at 288 to 294 s. */
const SECONDS = 307.3;
const FROM_SECONDS = 283;

type Case = readonly [player: ForeignPlayer, codec: 'opus' | 'aac' | 'flac'];
const CASES: readonly Case[] = [
  ['hls.js', 'opus'],
  ['hls.js', 'flac'],
  ['dash.js', 'aac'],
  ['Shaka', 'opus'],
  ['Shaka', 'aac'],
  ['Shaka', 'flac'],
];
const AT_ONCE = 3;

interface Played {
  readonly heard: Heard;
  readonly media: readonly string[];
  /** What is buffered in the end: from and to, in seconds. */
  readonly stretches: readonly (readonly (number | undefined)[])[];
}

const writeLongTrack = async (tones: ToneFolder): Promise<string> => {
  await writeTrack(tones, {
    name: 'long.flac',
    tone: { seconds: SECONDS, noise: 0.02 },
    args: ['-c:a', 'flac', '-metadata', 'title=long'],
  });
  await settleFiles(tones.path(MUSIC));
  return tones.path(MUSIC);
};

describe('a track that is encoded in chunks', () => {
  let music: MusicServer;
  let browser: Browser;
  let trackId: string;
  let played: (each: Case) => Promise<Played>;

  beforeAll(async () => {
    // Only what is listened to is encoded, as it is wanted.
    [music, browser] = await Promise.all([
      MusicServer.start(writeLongTrack, { arguments: ['--ladder', 'lazy'] }),
      launchBrowser(),
    ]);
    await music.settled(({ files }) => files.ready === 1);
    const { items } = await music.client.get<ListPage<{ id: string }>>('/api/tracks');
    trackId = items[0]?.id ?? '';
    played = sideBySide(CASES, AT_ONCE, play);
  });
  afterAll(async () => {
    await browser.close();
    await music.remove();
  });

  const play = async ([player, codec]: Case): Promise<Played> => {
    const client = await music.anotherDevice();
    const grant = await client.get<PlaybackGrantDto>(`/api/tracks/${trackId}/playback`);
    const { page, media, close } = await openPage(browser);
    const url = player === 'hls.js' ? (grant.hls[codec] ?? '') : grant.dash;
    const named = player === 'Shaka' && codec === 'aac' ? 'mp4a' : codec;
    const heard = await playToEnd(page, music.url, player, url, named, { fromSeconds: FROM_SECONDS });
    const stretches = await page.evaluate(() => {
      const { buffered } = document.querySelector('audio') ?? { buffered: null };
      return Array.from({ length: buffered?.length ?? 0 }, (_, at) => [
        buffered?.start(at),
        buffered?.end(at),
      ]);
    });
    await close();
    return { heard, media, stretches };
  };

  it.each(CASES.map((each) => [...each, each] as const))(
    'plays after a far seek over its last seam to its end in %s, %s',
    async (_player, codec, each) => {
      const { heard, media, stretches } = await played(each);
      expect(heard.errors).toEqual([]);
      expect(Math.abs(heard.durationSeconds - SECONDS)).toBeLessThan(1 / 200_000);
      expect(heard.endedAtSeconds).toBe(heard.durationSeconds);
      // No gap where one chunk ends and the next begins.
      const [from = 999, to = 0] = stretches.at(-1) ?? [];
      expect(from).toBeLessThan(FROM_SECONDS + 1);
      expect(to).toBeCloseTo(SECONDS, 2);
      const parts = media.filter((path) => path.endsWith('.m4s'));
      expect(parts.every((path) => path.includes(`/${codec}-`))).toBe(true);
      expect(parts.some((path) => path.endsWith('/72.m4s'))).toBe(true);
    },
  );
});
