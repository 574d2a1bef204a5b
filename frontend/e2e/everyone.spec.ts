import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { MusicServer } from '../../backend/test/support/music-server.js';
import { axeFinds } from './support/axe.js';
import { launchBrowser, openPage, type WatchedPage } from './support/browser.js';
import { clippedOn, growText } from './support/clipping.js';
import { furnish, stands, type Addresses } from './support/furnished-house.js';
import { hearUntil } from './support/playing.js';

/** Only there so that a broken page fails its test: a busy machine takes its time. */
jest.setTimeout(300_000);

const DESKTOP = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
/** Whatever the page says in English, as far as it stands there as it is; an obi speaks Japanese in both languages. */
const ENGLISH = new Set(
  JSON.stringify(JSON.parse(readFileSync(join(import.meta.dirname, '../messages/en.json'), 'utf8')))
    .match(/(?<=:")[^"{]+(?=")/g)
    ?.filter((words) => /[a-z]/i.test(words)),
);
/** What a desktop becomes at 200 %. */
const ZOOMED = { width: 720, height: 450 };

/** Between themes only colours differ. */
const COLOURS = ['color-contrast', 'link-in-text-block'];
const LOOKS = [
  { theme: 'dark', size: DESKTOP, rules: undefined },
  { theme: 'light', size: DESKTOP, rules: COLOURS },
  { theme: 'light', size: PHONE, rules: undefined },
  { theme: 'dark', size: PHONE, rules: COLOURS },
];

describe('every page, for everyone', () => {
  let music: MusicServer;
  let browser: Browser;
  let addresses: Addresses;
  let shown: WatchedPage;
  /** What is wrong, and where it was first seen. */
  const found = new Map<string, string>();
  const tell = (where: string, faults: readonly string[]): void =>
    faults.forEach((fault) => found.has(fault) || found.set(fault, where));

  /** In both themes and sizes as they are named, without leaving what was opened. */
  const auditOpened = async (name: string, sizes = [DESKTOP, PHONE], part?: string): Promise<void> => {
    const { page } = shown;
    for (const size of sizes) {
      await page.setViewportSize(size);
      for (const theme of ['dark', 'light']) {
        await page.evaluate((chosen) => void (document.documentElement.dataset.theme = chosen), theme);
        await stands(page);
        tell(`${name}, ${theme}, ${size.width}`, await axeFinds(page, undefined, part));
      }
    }
    await page.setViewportSize(DESKTOP);
  };
  const audit = async (name: string): Promise<void> => {
    const { page } = shown;
    await page.waitForLoadState('networkidle');
    await stands(page);
    for (const { theme, size, rules } of LOOKS) {
      await page.setViewportSize(size);
      await page.evaluate((chosen) => void (document.documentElement.dataset.theme = chosen), theme);
      await stands(page);
      tell(`${name}, ${theme}, ${size.width}`, await axeFinds(page, rules));
    }
    await page.setViewportSize(ZOOMED);
    tell(`${name}, zoomed`, await clippedOn(page));
    await page.setViewportSize(PHONE);
    await growText(page);
    tell(`${name}, grown`, await clippedOn(page));
  };
  const cookie = () => {
    const [name = '', value = ''] = music.client.session.split('=', 2);
    return { name, value, url: music.url };
  };

  beforeAll(async () => {
    [music, browser] = await Promise.all([MusicServer.open(), launchBrowser()]);
    shown = await openPage(browser, { reducedMotion: 'reduce', viewport: DESKTOP });
    await shown.page.goto(`${music.url}/setup`);
    await audit('setup');
    await music.client.setUp();
    await music.settled(({ files }) => files.ready > 0);
    addresses = await furnish(music);
    await shown.page.goto(`${music.url}/signin`);
    await audit('sign in');
    await shown.page.context().addCookies([cookie()]);
  });
  afterAll(async () => {
    await browser.close();
    await music.remove();
  });

  it('has no fault that axe knows, in both themes and sizes, and nothing is cut at 200 % or with longer words', async () => {
    for (const [name, address] of Object.entries(addresses)) {
      await shown.page.goto('about:blank');
      await shown.page.setViewportSize(DESKTOP);
      await shown.page.goto(`${music.url}${address}`);
      await audit(name);
    }
    expect([...found].map(([fault, where]) => `${where}: ${fault}`)).toEqual([]);
    expect(shown.complaints.filter((complaint) => !complaint.includes('404'))).toEqual([]);
  });

  it('has no fault either in what is opened: menus, the queue and what is chosen in it, the sound, the full screen', async () => {
    found.clear();
    const { page } = shown;
    await page.goto('about:blank');
    await page.setViewportSize(DESKTOP);
    await page.goto(`${music.url}${addresses.playlist ?? ''}`);
    const menu = page.getByRole('menu');
    const closed = async (name: string, part?: string): Promise<void> => {
      await auditOpened(name, part === undefined ? [DESKTOP, PHONE] : [DESKTOP], part);
      await page.keyboard.press('Escape');
    };
    // What stands behind a menu is hidden, and the focus held inside of it: the menu alone is looked at.
    const more = page
      .locator('main .track-row')
      .first()
      .getByRole('button', { name: /^More about/ });
    await more.click();
    await menu.waitFor();
    await closed('the menu of a track', '[role="menu"]');
    await page.getByRole('button', { name: /^Account/ }).click();
    await menu.waitFor();
    await closed('the menu of the account', '[role="menu"]');

    await page.locator('.album-head').getByRole('button', { name: 'Play', exact: true }).click();
    await hearUntil(page, 0.2);
    const next = page.getByRole('grid', { name: 'Next' }).getByRole('row');
    await next.first().waitFor();
    await auditOpened('the queue');
    await next.first().click();
    await page.getByRole('toolbar').waitFor();
    await closed('what is chosen in the queue');
    await page.getByRole('button', { name: 'Full screen and lyrics' }).first().click();
    await page.getByRole('dialog').waitFor();
    await closed('the full screen');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.locator('.tools').getByRole('button').first().click();
    await page.getByRole('heading', { name: 'What you hear' }).waitFor();
    await closed('the sound');
    expect([...found].map(([fault, where]) => `${where}: ${fault}`)).toEqual([]);
  });

  it('is walked with the keyboard alone: search, play, queue, like, and what the keys are', async () => {
    const { page, complaints, close } = await openPage(browser, { reducedMotion: 'reduce' });
    await page.context().addCookies([cookie()]);
    const { keyboard } = page;
    await page.goto(`${music.url}/`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await keyboard.press('Tab');
    await keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');

    await keyboard.press('/');
    await keyboard.type('pluie');
    await page
      .getByRole('region', { name: 'Tracks' })
      .getByRole('button', { name: 'Pluie d’été', exact: true })
      .waitFor();
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    const bar = page.getByRole('contentinfo', { name: 'Player' });
    await bar.getByText('Pluie d’été').waitFor();
    await hearUntil(page, 0.5);
    await page.getByText('Now playing: Pluie d’été').waitFor({ state: 'attached' });

    await keyboard.press('/');
    await keyboard.type('soleil');
    await page
      .getByRole('region', { name: 'Tracks' })
      .getByRole('button', { name: 'Soleil', exact: true })
      .waitFor();
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowDown');
    await keyboard.press('Shift+Enter');
    await page.getByRole('complementary', { name: 'Queue' }).getByText('Soleil').first().waitFor();
    await keyboard.press('n');
    await bar.getByText('Soleil').waitFor();
    await keyboard.press('l');
    await bar.getByRole('button', { name: 'Take back the like of Soleil' }).waitFor();

    await keyboard.press('?');
    const list = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await list.waitFor();
    expect(await axeFinds(page)).toEqual([]);
    await list.getByRole('checkbox').focus();
    await keyboard.press('Space');
    await keyboard.press('Escape');
    await list.waitFor({ state: 'detached' });
    await keyboard.press('?');
    await keyboard.press('3');
    expect(new URL(page.url()).pathname).toBe('/search');
    expect(await list.count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  it('finds its way: shelves narrowed by the address, what was looked for, and back to where one was while it plays', async () => {
    const { page, complaints, close } = await openPage(browser, { viewport: { width: 1440, height: 500 } });
    await page.context().addCookies([cookie()]);
    const main = page.locator('#main');
    const shelf = main.locator('.shelf > li:has(a)');
    await page.goto(`${music.url}/library?view=albums&sort=title`);
    const genre = page.getByRole('combobox', { name: 'Genre' });
    await genre.selectOption('Chanson');
    await page.waitForURL('**/library?*genre=*');
    await main.getByText('夜想').waitFor({ state: 'detached' });
    await shelf.getByText('Été').waitFor();
    expect(await shelf.count()).toBe(1);
    await page.reload();
    await shelf.getByText('Été').waitFor();
    expect(await shelf.count()).toBe(1);
    await main.getByRole('link', { name: 'Artists' }).click();
    await main.locator('.artist-card').getByText('Élodie Noël').waitFor();
    expect(await shelf.count()).toBe(1);

    await page.getByRole('searchbox').first().fill('pluie');
    await page.getByRole('region', { name: 'Tracks' }).getByRole('button', { name: 'Pluie' }).first().click();
    await page.getByRole('button', { name: 'Repeat: off' }).click();
    await hearUntil(page, 0.2);
    await page.getByRole('searchbox').first().fill('');
    await page.getByRole('region', { name: 'Recent searches' }).getByText('pluie').waitFor();

    await page.getByRole('link', { name: 'Home' }).first().click();
    await main.getByRole('heading', { level: 1 }).waitFor();
    await main.locator('.shelf').first().waitFor();
    await main.evaluate((pane) => pane.scrollTo(0, 120));
    await page.waitForFunction(() => document.getElementById('main')?.scrollTop === 120);
    await page.getByRole('link', { name: 'Library', exact: true }).first().click();
    await page.waitForURL('**/library');
    await page.waitForFunction(() => document.getElementById('main')?.scrollTop === 0);
    await page.goBack();
    await page.waitForFunction(() => document.getElementById('main')?.scrollTop === 120);
    await page.goForward();
    await page.waitForURL('**/library');
    expect(await page.evaluate(() => document.querySelector('audio')?.paused)).toBe(false);
    expect(complaints).toEqual([]);
    await close();
  });

  it('speaks Japanese to a browser that does, without a word of English before, and what was chosen afterwards', async () => {
    const { page, complaints, close } = await openPage(browser, { locale: 'ja-JP' });
    await page.context().addCookies([cookie()]);
    const { promise: gone, resolve: go } = Promise.withResolvers<void>();
    await page.route('**/_next/static/chunks/*.js', async (route) => {
      const response = await route.fetch();
      const body = await response.text();
      if (body.includes('再生待ち')) await gone;
      await route.fulfill({ status: response.status(), headers: response.headers(), body });
    });
    await page.goto(`${music.url}/settings/appearance`);
    const home = page.getByRole('navigation').getByText('Home').first();
    await page.waitForLoadState('load');
    expect(await home.evaluate((word) => getComputedStyle(word).color)).toBe('rgba(0, 0, 0, 0)');
    expect(await page.locator('html').getAttribute('lang')).toBe('ja');
    go();
    await page.getByRole('heading', { level: 1, name: '設定' }).waitFor();
    expect(await page.title()).toBe('設定 · Kanade');
    const words = (await page.locator('.nav-link, .settings, .bar, .side').allInnerTexts()).flatMap((part) =>
      part.split(/\s*\n\s*/),
    );
    expect(words).toContain('ライブラリ');
    expect(words.filter((word) => ENGLISH.has(word))).toEqual([]);
    await page.getByText('English').click();
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(complaints).toEqual([]);
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await close();
  });
});
