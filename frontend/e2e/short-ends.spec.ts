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

/** What two segments leave over is less than a frame of the codec. */
const TRACKS = {
  opus: { sampleRateHz: 48_000, seconds: 8 },
  aac: { sampleRateHz: 48_000, seconds: 8.012 },
  flac: { sampleRateHz: 44_100, seconds: (2 * 44 * 4096 + 10) / 44_100 },
  tiny: { sampleRateHz: 44_100, seconds: 1 / 44_100 },
} as const;
const PLAYERS = ['hls.js', 'dash.js', 'Shaka'] as const;
const CODECS = ['opus', 'aac', 'flac'] as const;
type Codec = (typeof CODECS)[number];

interface Case {
  readonly player: ForeignPlayer;
  readonly codec: Codec;
  readonly title: keyof typeof TRACKS;
}
const CASES = PLAYERS.flatMap((player) => CODECS.map((codec): Case => ({ player, codec, title: codec })));
// dash.js on a busy machine ends such a track in two of three runs: docs/adr/0014.
const TINY = CASES.filter(({ player }) => player !== 'dash.js').map((each): Case => ({
  ...each,
  title: 'tiny',
}));
const AT_ONCE = 3;

interface Played {
  readonly heard: Heard;
  readonly parts: readonly string[];
}

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
  let played: (each: Case) => Promise<Played>;

  beforeAll(async () => {
    [music, browser] = await Promise.all([MusicServer.start(writeTracks), launchBrowser()]);
    await music.settled(({ files }) => files.ready === Object.keys(TRACKS).length);
    const { items } = await music.client.get<ListPage<{ id: string; title: string }>>('/api/tracks');
    const ids = new Map(items.map(({ id, title }) => [title, id]));
    played = sideBySide([...CASES, ...TINY], AT_ONCE, (each) => play(each, ids.get(each.title) ?? ''));
  });
  afterAll(async () => {
    await browser.close();
    await music.remove();
  });

  const play = async ({ player, codec }: Case, id: string): Promise<Played> => {
    const client = await music.anotherDevice();
    const grant = await client.get<PlaybackGrantDto>(`/api/tracks/${id}/playback`);
    const { page, media, close } = await openPage(browser);
    const url = player === 'hls.js' ? (grant.hls[codec] ?? '') : grant.dash;
    const named = codec === 'aac' ? 'mp4a' : codec;
    const heard = await playToEnd(page, music.url, player, url, player === 'Shaka' ? named : codec);
    await close();
    const parts = media.filter((path) => path.endsWith('.m4s'));
    expect(heard.errors).toEqual([]);
    expect(heard.endedAtSeconds).toBe(heard.durationSeconds);
    expect(parts.every((path) => path.includes(`/${codec}-`))).toBe(true);
    return { heard, parts: [...new Set(parts.map((path) => path.split('/').at(-1) ?? ''))].sort() };
  };

  it.each(CASES)('in $player, $codec', async (each) => {
    const { heard, parts } = await played(each);
    expect(Math.abs(heard.durationSeconds - TRACKS[each.title].seconds)).toBeLessThan(1 / 200_000);
    expect(parts).toEqual(['0.m4s', '1.m4s']);
  });

  it.each(TINY)('in $player, $codec, and has but one sample', async (each) => {
    const { heard, parts } = await played(each);
    expect(heard.durationSeconds).toBeCloseTo(0.01, 4);
    expect(parts).toEqual(['0.m4s']);
  });
});
