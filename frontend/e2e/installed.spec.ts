import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { MusicServer } from '../../backend/test/support/music-server.js';
import { launchBrowser, openPage, type WatchedPage } from './support/browser.js';
import { DamagingLine } from './support/damaging-line.js';
import { attachEar, hearTone } from './support/ear.js';
import { ALBUM, TRACKS, writeToneAlbum } from './support/listening-room.js';

const [NIGHT] = TRACKS;
/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(180_000);

describe('the app as it is installed', () => {
  let music: MusicServer;
  let browser: Browser;
  let line: DamagingLine;
  let watched: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    [music, browser] = await Promise.all([MusicServer.start(writeToneAlbum), launchBrowser()]);
    await music.settled(({ files }) => files.ready === TRACKS.length);
    line = await DamagingLine.to(music.url);
    line.concerns = (path) => path === '/sw.js';
    watched = await openPage(browser, { serviceWorkers: 'allow' });
    ({ page } = watched);
    const [name = '', value = ''] = music.client.session.split('=', 2);
    await page.context().addCookies([{ name, value, url: line.url }]);
    await page.goto(`${line.url}/`);
  });
  afterAll(async () => {
    await browser.close();
    await line.close();
    await music.remove();
  });

  it('can be installed: a manifest with its icons, and a worker that is asked for anew each time', async () => {
    const asked = async (path: string) => {
      const answer = await music.media(path);
      return [answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')];
    };
    const address = await page.locator('link[rel=manifest]').getAttribute('href');
    const manifest = (await (await music.media(address ?? '')).json()) as {
      display: string;
      icons: readonly { src: string; sizes: string; purpose: string }[];
    };
    expect(manifest.display).toBe('standalone');
    expect(manifest.icons.map(({ sizes, purpose }) => `${sizes} ${purpose}`).sort()).toEqual(
      ['192x192', '512x512'].flatMap((size) => [`${size} any`, `${size} maskable`]),
    );
    for (const { src } of manifest.icons) expect(await asked(src)).toEqual([200, 'image/png', 'no-cache']);
    expect(await asked('/sw.js')).toEqual([200, 'text/javascript; charset=utf-8', 'no-cache']);
  });

  it('offers a newer page while music plays, and takes it when that is wished', async () => {
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.getByRole('main').getByRole('link', { name: ALBUM }).first().click();
    await page.locator('.album-head').getByRole('button', { name: 'Play', exact: true }).click();
    await attachEar(page);
    await hearTone(page, NIGHT.frequencyHz);
    line.damageOf = (_path, bytes) => Buffer.concat([bytes, Buffer.from('\n// newer')]);
    await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
    await page.getByText('A newer Kanade is ready').waitFor();
    // Nothing happened to what sounds.
    await hearTone(page, NIGHT.frequencyHz);
    const reloaded = page.waitForEvent('load');
    await page.getByRole('button', { name: 'Take it' }).click();
    await reloaded;
    await page.getByRole('heading', { level: 1, name: ALBUM }).waitFor();
    expect(await page.getByText('A newer Kanade is ready').count()).toBe(0);
  });

  it('starts without a server, at any address, and says what is missing', async () => {
    await music.stop();
    await line.close();
    for (const path of ['/', '/library?view=tracks', '/albums/0199']) {
      await page.goto(`${line.url}${path}`);
      await page.getByRole('navigation', { name: 'Main' }).waitFor();
      await page.getByRole('heading', { name: 'The server does not answer' }).waitFor();
    }
    expect(watched.complaints.filter((each) => each.startsWith('content policy'))).toEqual([]);
  });
});
