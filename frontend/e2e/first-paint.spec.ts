import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { MusicServer } from '../../backend/test/support/music-server.js';
import { launchBrowser, openPage, type WatchedPage } from './support/browser.js';
import { writeToneAlbum } from './support/listening-room.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(180_000);

const ANN = { username: 'ann', password: 'correct horse' };
const OUT = join(import.meta.dirname, '../out');

/** As a line carries them, before the first paint. */
const BEFORE_PAINT_BYTES = 170_000;
/** All that a page begins with, of which Next with React is 143 kB. */
const BEGINNING_BYTES = 230_000;

const gzipped = (paths: readonly string[]): number =>
  paths.reduce((sum, path) => sum + gzipSync(readFileSync(join(OUT, path)), { level: 9 }).length, 0);

/** Scripts that were asked for before something was painted, and all that the page names. */
const scriptsOf = async (page: Page) => {
  await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
  return page.evaluate(() => {
    const paintedAt = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
    const scripts = performance
      .getEntriesByType('resource')
      .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
      .filter(({ startTime }) => startTime < paintedAt);
    const named = document.querySelector<HTMLMetaElement>('meta[name=scripts]')?.content ?? '';
    return {
      early: scripts.map(({ name }) => new URL(name).pathname),
      named: named.split(' ').map((source) => source.replace(/#.*/, '')),
    };
  });
};

describe('what a page waits for', () => {
  let music: MusicServer;
  let browser: Browser;
  let watched: WatchedPage;

  beforeAll(async () => {
    [music, browser] = await Promise.all([MusicServer.open(writeToneAlbum), launchBrowser()]);
    watched = await openPage(browser);
    for (const path of ['setup', 'session'])
      expect((await watched.page.request.post(`${music.url}/api/${path}`, { data: ANN })).ok()).toBe(true);
  });
  afterAll(async () => {
    await browser.close();
    await music.remove();
  });

  it.each(['/', '/library', '/search', '/albums/0', '/settings'])(
    'paints %s from HTML, before its scripts',
    async (path) => {
      const { page } = watched;
      await page.goto(`${music.url}${path}`);
      const { early, named } = await scriptsOf(page);
      expect(gzipped(early)).toBeLessThanOrEqual(BEFORE_PAINT_BYTES);
      expect(named.length).toBeGreaterThan(5);
      expect(gzipped(named)).toBeLessThanOrEqual(BEGINNING_BYTES);
    },
  );

  it('hears what was pressed before its scripts had come, and sends no form by itself', async () => {
    const { page } = watched;
    const { promise: pressed, resolve: go } = Promise.withResolvers<void>();
    await page.route('**/_next/static/chunks/*.js', async (route) => {
      await pressed;
      await route.continue();
    });
    await page.goto(`${music.url}/settings/people`, { waitUntil: 'commit' });
    await page.getByRole('button', { name: 'Make a link' }).click();
    go();
    expect(await page.getByLabel('Copy the link now').inputValue()).toContain('/join#');
    expect(new URL(page.url()).search).toBe('');
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  });

  it('lets in no script of anybody else, and none that is made of text', async () => {
    const { page } = watched;
    const attempts = await page.evaluate(() => {
      const attempt = (work: () => void): string => {
        try {
          work();
          return 'let in';
        } catch (error) {
          return error instanceof TypeError ? 'refused' : String(error);
        }
      };
      const script = document.createElement('script');
      return [
        attempt(() => (script.src = 'https://elsewhere.test/x.js')),
        attempt(() => (script.src = '/media/x/y.js')),
        attempt(() => (script.text = 'alert(1)')),
        attempt(() => (document.createElement('div').innerHTML = '<img src=x onerror=alert(1)>')),
        attempt(() => (script.src = '/_next/static/chunks/x.js')),
      ];
    });
    expect(attempts).toEqual(['refused', 'refused', 'refused', 'refused', 'let in']);
  });
});
