import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { MusicServer } from '../../backend/test/support/music-server.js';
import { launchBrowser, openPage, type WatchedPage } from './support/browser.js';
import { attachEar, hearSilence, hearTone } from './support/ear.js';
import { ALBUM, ARTIST, TRACKS, writeToneAlbum } from './support/listening-room.js';

const [NIGHT, SUMMER, MIST] = TRACKS;
/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(180_000);

const ANN = { name: 'ann', password: 'correct horse' };

/** A plain name that is not localhost: no secure context, as on a phone in the house. */
const HOST = 'music.test';

describe('a listener in a browser', () => {
  let music: MusicServer;
  let browser: Browser;
  let origin: string;
  let first: WatchedPage;

  beforeAll(async () => {
    [music, browser] = await Promise.all([
      MusicServer.open(writeToneAlbum),
      launchBrowser([`--host-resolver-rules=MAP ${HOST} 127.0.0.1`]),
    ]);
    origin = `http://${HOST}:${new URL(music.url).port}`;
    first = await openPage(browser);
  });
  afterAll(async () => {
    await browser.close();
    await music.remove();
  });

  const signIn = async (page: Page): Promise<void> => {
    await page.goto(`${origin}/`);
    await page.waitForURL('**/signin**');
    await page.getByLabel('Name').fill(ANN.name);
    await page.getByLabel('Password').fill(ANN.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${origin}/`);
  };
  const openAlbum = async (page: Page): Promise<void> => {
    await page.getByRole('main').getByRole('link', { name: ALBUM }).first().click();
    await page.waitForURL('**/albums/*');
    await page.getByRole('heading', { level: 1, name: ALBUM }).waitFor();
  };
  const playAlbum = (page: Page): Promise<void> =>
    page.locator('.album-head').getByRole('button', { name: 'Play', exact: true }).click();
  const bar = (page: Page) => page.getByRole('contentinfo', { name: 'Player' });

  it('sets the house up on the page that every first visit leads to', async () => {
    const { page } = first;
    await page.goto(`${origin}/library`);
    expect(new URL(page.url()).pathname).toBe('/setup');
    expect(await page.evaluate(() => isSecureContext)).toBe(false);
    await page.getByLabel('Name').fill(ANN.name);
    await page.getByLabel('Password').fill('short');
    await page.getByRole('button', { name: 'Create and begin' }).click();
    await page.getByText('The password needs at least 8 characters.').waitFor();
    await page.getByLabel('Password').fill(ANN.password);
    await page.getByRole('button', { name: 'Create and begin' }).click();
    await page.waitForURL(`${origin}/`);
    await page.getByRole('main').getByRole('link', { name: ALBUM }).first().waitFor();
    await music.client.signIn(ANN.name, ANN.password);
    await music.settled(({ files }) => files.ready === TRACKS.length);
  });

  it('signs out and in again', async () => {
    const { page } = first;
    await page.getByRole('button', { name: `Account: ${ANN.name}` }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL('**/signin**');
    await page.getByLabel('Name').fill(ANN.name);
    await page.getByLabel('Password').fill('wrong horse');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('This name and password do not fit together.').waitFor();
    await signIn(page);
  });

  it('presses play and hears the first track, in one codec, without a manifest between', async () => {
    const { page, media } = first;
    await openAlbum(page);
    await playAlbum(page);
    await attachEar(page);
    await hearTone(page, NIGHT.frequencyHz);
    await bar(page).getByText(NIGHT.title).waitFor();
    expect(media.length).toBeGreaterThan(1);
    const part = /\/opus-(96|160|320)\/(init\.mp4|full\/\d+\.m4s)$/;
    expect(media.filter((path) => !part.test(path))).toEqual([]);
    await bar(page).locator('.rendition').getByText(/opus/i).waitFor();
  });

  it('goes to the next track and back, pauses, and seeks', async () => {
    const { page } = first;
    await bar(page).getByRole('button', { name: 'Next track' }).click();
    await hearTone(page, SUMMER.frequencyHz);
    await bar(page).getByRole('button', { name: 'Previous track' }).click();
    await hearTone(page, NIGHT.frequencyHz);
    await bar(page).getByRole('button', { name: 'Pause' }).click();
    await hearSilence(page);
    await bar(page).getByRole('button', { name: 'Play' }).click();
    await hearTone(page, NIGHT.frequencyHz);
    await page.getByRole('slider', { name: 'Position' }).press('ArrowRight');
    await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 5);
    await hearTone(page, NIGHT.frequencyHz);
  });

  it('hears the next track by itself when one has ended', async () => {
    const { page } = first;
    await page.getByRole('slider', { name: 'Position' }).press('ArrowRight');
    await hearTone(page, SUMMER.frequencyHz);
    await bar(page).getByText(SUMMER.title).waitFor();
  });

  it('goes to the next track while the beginning of a better rung is on its way', async () => {
    const { page } = first;
    await page.goto(`${origin}/`);
    await openAlbum(page);
    const { promise: gone, resolve: go } = Promise.withResolvers<void>();
    const better = (url: URL): boolean => /opus-320\/init\.mp4$/.test(url.pathname);
    await page.route(better, async (route) => {
      await gone;
      // Of a request that the player has given up by now nothing is left to answer.
      await route.continue().catch(() => undefined);
    });
    const asked = page.waitForRequest((request) => better(new URL(request.url())));
    await playAlbum(page);
    await attachEar(page);
    await hearTone(page, NIGHT.frequencyHz);
    await asked;
    await bar(page).getByRole('button', { name: 'Next track' }).click();
    await bar(page).getByText(SUMMER.title).waitFor();
    go();
    await hearTone(page, SUMMER.frequencyHz);
    await page.unroute(better);
  });

  it('searches without accents and plays what is found', async () => {
    const { page } = first;
    await page.getByRole('searchbox').first().fill('brum');
    const results = page.getByRole('region', { name: 'Results' });
    await results.getByText(MIST.title).first().waitFor();
    await page.getByRole('searchbox').first().fill('elodie');
    await results.getByText(ARTIST).first().waitFor();
    await page.getByRole('searchbox').first().fill('brume');
    const tracks = results.getByRole('region', { name: 'Tracks' });
    await tracks.getByRole('button', { name: MIST.title, exact: true }).click();
    await hearTone(page, MIST.frequencyHz);
  });

  it('saw no error and broke no content policy, on any page', async () => {
    const { page, complaints } = first;
    for (const path of [
      '/library',
      '/library?view=tracks',
      '/library?view=artists',
      '/search',
      '/settings',
    ]) {
      await page.goto(origin + path);
      await page.getByRole('main').waitFor();
      await page.waitForLoadState('networkidle').catch(() => undefined);
    }
    await page.getByText('Library status').waitFor();
    expect(complaints).toEqual([]);
  });

  it.each(['dark', 'light'] as const)(
    'on a phone, %s: signs in, finds the album and hears it',
    async (colorScheme) => {
      const { page, complaints, close } = await openPage(browser, {
        viewport: { width: 390, height: 844 },
        isMobile: true,
        hasTouch: true,
        colorScheme,
      });
      await signIn(page);
      await openAlbum(page);
      await playAlbum(page);
      await attachEar(page);
      await hearTone(page, NIGHT.frequencyHz);
      const mini = page.getByRole('region', { name: 'Player' });
      await mini.getByRole('button', { name: 'Next track' }).click();
      await hearTone(page, SUMMER.frequencyHz);
      await mini.getByText(SUMMER.title).waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      const brightness = await page.evaluate(() => {
        const context = document.createElement('canvas').getContext('2d');
        if (context === null) return -1;
        context.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
        context.fillRect(0, 0, 1, 1);
        return Math.max(...context.getImageData(0, 0, 1, 1).data.slice(0, 3));
      });
      if (colorScheme === 'dark') expect(brightness).toBeLessThan(80);
      else expect(brightness).toBeGreaterThan(200);
      expect(complaints).toEqual([]);
      await close();
    },
  );
});
