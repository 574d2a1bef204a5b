import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { MUSIC, settleFiles, writeTrack } from '../../backend/test/support/music-folder.js';
import { MusicServer } from '../../backend/test/support/music-server.js';
import type { ToneFolder } from '../../backend/test/support/tones.js';
import { launchBrowser, openPage } from './support/browser.js';
import { attachEar, hearTone } from './support/ear.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(300_000);

const STEPS = [300, 400, 500, 600, 700].map((frequencyHz, at) => ({
  album: 'Steps',
  title: `Step ${at + 1}`,
  frequencyHz,
  seconds: 6,
}));
/** Longer than what is buffered ahead. */
const LONG = { album: 'Long', title: 'Long tone', frequencyHz: 440, seconds: 90 };
const TRACKS = [...STEPS, LONG];

const writeAlbums = async (tones: ToneFolder): Promise<string> => {
  for (const [at, { album, title, frequencyHz, seconds }] of TRACKS.entries())
    await writeTrack(tones, {
      name: `${album}/${at} ${title}.flac`,
      tone: { seconds, frequencyHz, channels: 1, amplitude: 0.5, noise: 0.02 },
      args: Object.entries({ title, album, artist: 'Rough', track: `${at + 1}` }).flatMap(([tag, value]) => [
        '-metadata',
        `${tag}=${value}`,
      ]),
    });
  await settleFiles(tones.path(MUSIC));
  return tones.path(MUSIC);
};

describe('a player that is handled roughly', () => {
  let music: MusicServer;
  let browser: Browser;
  let page: Page;
  let close: () => Promise<void>;
  const bar = () => page.getByRole('contentinfo', { name: 'Player' });
  const secondsHeard = (): Promise<number> =>
    page.evaluate(() => document.querySelector('audio')?.currentTime ?? 0);
  const bufferedUntil = (): Promise<number> =>
    page.evaluate(() => {
      const buffered = document.querySelector('audio')?.buffered;
      return buffered && buffered.length > 0 ? buffered.end(buffered.length - 1) : 0;
    });
  const bufferedTo = async (seconds: number): Promise<void> => {
    await page.waitForFunction((until) => {
      const buffered = document.querySelector('audio')?.buffered;
      return buffered !== undefined && buffered.length > 0 && buffered.end(buffered.length - 1) > until;
    }, seconds);
  };
  const playAlbum = async (album: string): Promise<void> => {
    await page.goto(`${music.url}/`);
    await page.getByRole('main').getByRole('link', { name: album, exact: true }).first().click();
    await page.getByRole('heading', { level: 1, name: album }).waitFor();
    await page.locator('.album-head').getByRole('button', { name: 'Play', exact: true }).click();
    await attachEar(page);
  };

  beforeAll(async () => {
    [music, browser] = await Promise.all([MusicServer.start(writeAlbums), launchBrowser()]);
    await music.settled(({ files }) => files.ready === TRACKS.length);
  });
  beforeEach(async () => {
    ({ page, close } = await openPage(browser));
    const [name = '', value = ''] = music.client.session.split('=', 2);
    await page.context().addCookies([{ name, value, url: music.url }]);
  });
  afterEach(() => close());
  afterAll(async () => {
    await browser.close();
    await music.remove();
  });

  it('ends when somebody goes to the very end of a long track, and begins it again', async () => {
    await playAlbum(LONG.album);
    await hearTone(page, LONG.frequencyHz);
    await page.getByRole('slider', { name: 'Position' }).press('End');
    await bar().getByRole('button', { name: 'Play', exact: true }).waitFor();
    await bar().getByRole('button', { name: 'Play', exact: true }).click();
    // The ear may still hold the last of the sound before.
    await page.waitForFunction((half) => {
      const audio = document.querySelector('audio');
      return audio !== null && audio.currentTime > 0 && audio.currentTime < half;
    }, LONG.seconds / 2);
    await hearTone(page, LONG.frequencyHz);
  });

  it('plays on after two presses in one moment, and does not chase its own events', async () => {
    await playAlbum(LONG.album);
    await hearTone(page, LONG.frequencyHz);
    const pauses = await bar()
      .getByRole('button', { name: 'Pause' })
      .evaluate(async (button: HTMLElement) => {
        let heard = 0;
        const audio = document.querySelector('audio');
        audio?.addEventListener('pause', () => (heard += 1));
        button.click();
        button.click();
        const from = audio?.currentTime ?? 0;
        while (audio && audio.currentTime < from + 1) await new Promise(requestAnimationFrame);
        return heard;
      });
    expect(pauses).toBeLessThan(3);
    await hearTone(page, LONG.frequencyHz);
  });

  it('plays what it has while the network is away, and fetches the rest when it is back', async () => {
    await playAlbum(LONG.album);
    await hearTone(page, LONG.frequencyHz);
    await bufferedTo(30);
    await page.context().setOffline(true);
    const before = await bufferedUntil();
    // Long enough for a segment to be asked for and refused as often as it is tried.
    await page.waitForFunction(
      (from) => (document.querySelector('audio')?.currentTime ?? 0) > from + 14,
      await secondsHeard(),
    );
    expect(await page.evaluate(() => document.querySelector('audio')?.paused)).toBe(false);
    expect(await bufferedUntil()).toBeLessThan(before + 5);
    await page.context().setOffline(false);
    await bufferedTo(before + 8);
    await hearTone(page, LONG.frequencyHz);
    expect(await page.locator('.toast').count()).toBe(0);
  });

  it('keeps its place when the network stays away for longer than there is to hear', async () => {
    let hold = true;
    const isLate = /\/full\/([2-9]|\d\d)\.m4s/;
    await page.route(isLate, async (route) => {
      while (hold) await pause(100);
      await route.abort('internetdisconnected');
    });
    await playAlbum(LONG.album);
    await hearTone(page, LONG.frequencyHz);
    await bufferedTo(7);
    await page.context().setOffline(true);
    hold = false;
    const told = page.getByText('the server cannot be reached');
    await told.waitFor();
    const place = () => page.getByRole('slider', { name: 'Position' }).inputValue().then(Number);
    const stoppedAt = await place();
    // Who tries in vain loses nothing by it.
    const refused = page.waitForEvent('requestfailed', (asked) => asked.url().endsWith('/api/playback'));
    await bar().getByRole('button', { name: 'Play', exact: true }).click();
    await refused;
    await told.waitFor();
    expect(await place()).toBe(stoppedAt);
    await page.unroute(isLate);
    await page.context().setOffline(false);
    await bar().getByRole('button', { name: 'Play', exact: true }).click();
    await hearTone(page, LONG.frequencyHz);
    expect(await place()).toBeGreaterThanOrEqual(stoppedAt);
    expect(await secondsHeard()).toBeGreaterThan(6);
  });

  it('plays what the list says after several edits in one moment, and comes to an end', async () => {
    const [one, two, three, , five] = STEPS;
    await playAlbum('Steps');
    await hearTone(page, one?.frequencyHz ?? 0);
    await bar().getByRole('button', { name: 'Pause' }).click();
    await bufferedTo(29);
    await page.evaluate(
      (titles) => {
        for (const title of titles)
          document.querySelector<HTMLElement>(`[aria-label="Remove ${title} from the queue"]`)?.click();
      },
      [five?.title, two?.title],
    );
    await bar().getByRole('button', { name: 'Play', exact: true }).click();
    await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 6.3);
    await bar()
      .getByText(three?.title ?? '', { exact: true })
      .waitFor();
    await hearTone(page, three?.frequencyHz ?? 0);
    await page.waitForFunction(() => (document.querySelector('audio')?.duration ?? Infinity) < 100);
  });
});
