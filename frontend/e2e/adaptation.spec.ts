import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { MUSIC, settleFiles, writeTrack } from '../../backend/test/support/music-folder.js';
import { eventually } from '../../backend/test/support/client.js';
import { MusicServer } from '../../backend/test/support/music-server.js';
import type { ToneFolder } from '../../backend/test/support/tones.js';
import { launchBrowser, openPage, type WatchedPage } from './support/browser.js';
import { hearUntil, positionOf, stallsOf, watchStalls } from './support/playing.js';
import { SlowLine } from './support/slow-line.js';

/** Music plays at the speed of life here. */
jest.setTimeout(300_000);

const SEGMENT_SECONDS = 4;
const NARROW = 170_000;
const WIDE = 4_000_000;
const ALBUM = 'Rain';

/** Short enough that every change of the line is met by a join, and every join by a rung that nobody has encoded. */
const SHOWERS = 6;
const SHOWER_SECONDS = 25;

/** Noise, so that a rung takes the bits that its name says. */
const writeRain = async (tones: ToneFolder): Promise<string> => {
  for (let track = 1; track <= SHOWERS; track += 1) {
    const tags = { title: `Rain ${track}`, album: ALBUM, artist: 'Sky', track: String(track) };
    await writeTrack(tones, {
      name: `${track}.flac`,
      tone: { seconds: SHOWER_SECONDS, frequencyHz: 400 + track, amplitude: 0.1, noise: 0.3 },
      args: [
        ...['-c:a', 'flac'],
        ...Object.entries(tags).flatMap(([key, value]) => ['-metadata', `${key}=${value}`]),
      ],
    });
  }
  await settleFiles(tones.path(MUSIC));
  return tones.path(MUSIC);
};

type StreamCodec = 'opus' | 'aac';

/** A segment that was asked for: its rung in kbit/s and where in the music it begins. */
interface Asked {
  readonly kbps: number;
  readonly codec: string;
  readonly seconds: number;
}

/** Tracks are asked for in the order of the album, so the number of each tells where it begins. */
const askedOf = (media: readonly string[]): readonly Asked[] => {
  const tracks = [...new Set(media.map((path) => path.split('/')[2]))];
  return media.flatMap((path) => {
    const [, track, codec, kbps, number] =
      /^\/media\/([^/]+)\/.*\/(\w+)-(\d+)\/full\/(\d+)\.m4s$/.exec(path) ?? [];
    if (codec === undefined) return [];
    const seconds = tracks.indexOf(track) * SHOWER_SECONDS + Number(number) * SEGMENT_SECONDS;
    return [{ codec, kbps: Number(kbps), seconds }];
  });
};

/** As a device that knows AAC alone. Runs in the page. */
const forgetOpus = (): void => {
  const supports = MediaSource.isTypeSupported.bind(MediaSource);
  MediaSource.isTypeSupported = (type) => !type.includes('opus') && supports(type);
};

describe('a line that narrows and widens', () => {
  let music: MusicServer;
  let browser: Browser;
  const lines: SlowLine[] = [];

  beforeAll(async () => {
    [music, browser] = await Promise.all([
      MusicServer.start(writeRain, { env: { KANADE_LADDER: 'lazy' } }),
      launchBrowser(),
    ]);
    await music.settled(({ files }) => files.ready === SHOWERS);
  });
  afterAll(async () => {
    await browser.close();
    await Promise.all(lines.map((line) => line.close()));
    await music.remove();
  });

  const open = async (line: SlowLine, codec: StreamCodec): Promise<WatchedPage> => {
    const watched = await openPage(browser);
    const { page } = watched;
    const [name = '', value = ''] = music.client.session.split('=');
    await page.context().addCookies([{ name, value, url: line.url }]);
    if (codec === 'aac') await page.addInitScript(forgetOpus);
    await page.goto(`${line.url}/`);
    await page.getByRole('main').getByRole('link', { name: ALBUM }).first().click();
    await page.getByRole('heading', { level: 1, name: ALBUM }).waitFor();
    return watched;
  };

  const listen = async (codec: StreamCodec): Promise<void> => {
    const line = await SlowLine.to(music.url);
    lines.push(line);
    const { page, media, complaints, close } = await open(line, codec);
    /** Where in the music the first segment of a rung begins that is asked for from now on. */
    const secondsOfNext = async (kbps: number): Promise<number> => {
      const before = askedOf(media).length;
      const next = () =>
        askedOf(media)
          .slice(before)
          .find((asked) => asked.kbps === kbps)?.seconds ?? -1;
      return eventually(
        () => Promise.resolve(next()),
        (seconds) => seconds >= 0,
      );
    };

    line.bitsPerSecond = NARROW;
    await page.locator('.album-head').getByRole('button', { name: 'Play', exact: true }).click();
    await watchStalls(page);
    await hearUntil(page, 12);
    // The very first segment is asked for before anything is known of the line.
    expect(
      new Set(
        askedOf(media)
          .slice(1)
          .map(({ kbps }) => kbps),
      ),
    ).toEqual(new Set([96]));

    line.bitsPerSecond = WIDE;
    const raisedAt = await positionOf(page);
    expect((await secondsOfNext(320)) - raisedAt).toBeLessThanOrEqual(30);
    await hearUntil(page, raisedAt + 10);

    line.bitsPerSecond = NARROW;
    const lowAt = await secondsOfNext(96);
    // What was fetched at 320 before is heard to its end, and then the lowest rung, behind the second join at least.
    await hearUntil(page, Math.max(lowAt, 2 * SHOWER_SECONDS) + SEGMENT_SECONDS);

    const heard = { stalls: await stallsOf(page), asked: askedOf(media) };
    expect(heard).toEqual({ ...heard, stalls: [] });
    expect(complaints).toEqual([]);
    expect(Math.max(...heard.asked.map(({ seconds }) => seconds))).toBeGreaterThan(2 * SHOWER_SECONDS);
    expect(new Set(heard.asked.map((asked) => asked.codec))).toEqual(new Set([codec]));
    await close();
  };

  it('plays on at the rung that fits, up and down, over joins, in one codec, and nothing was encoded before', async () => {
    const stored = await readdir(join(music.dataDir, 'store'), { recursive: true });
    expect(stored.filter((name) => name.endsWith('.mp4'))).toEqual([]);
    await Promise.all([listen('opus'), listen('aac')]);
  });
});
