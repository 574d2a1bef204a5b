import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { MusicServer } from '../../backend/test/support/music-server.js';
import { launchBrowser, openPage, type WatchedPage } from './support/browser.js';
import { ALBUM, TRACKS, writeToneAlbum } from './support/listening-room.js';
import { hearUntil } from './support/playing.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(300_000);

const [FIRST, SECOND, THIRD] = TRACKS.map(({ title }) => title);

describe('the menu of a track', () => {
  let music: MusicServer;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    [music, browser] = await Promise.all([MusicServer.start(writeToneAlbum), launchBrowser()]);
    await music.settled(({ files }) => files.ready === TRACKS.length);
  });
  afterAll(async () => {
    await browser.close();
    await music.remove();
  });
  beforeEach(async () => {
    watched = await openPage(browser);
    ({ page } = watched);
    const [name = '', value = ''] = music.client.session.split('=', 2);
    await page.context().addCookies([{ name, value, url: music.url }]);
    await page.goto(`${music.url}/`);
    await page.getByRole('main').getByRole('link', { name: ALBUM }).first().click();
    await page.getByRole('heading', { level: 1, name: ALBUM }).waitFor();
  });
  afterEach(() => watched.close());

  const row = (title: string | undefined) => page.getByRole('button', { name: title ?? '', exact: true });
  const queued = () => page.getByRole('complementary').getByRole('button', { name: /^Play / });
  const upcoming = (): Promise<readonly (string | null)[]> =>
    queued().evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label')));
  const said = (text: string) => page.getByRole('status').getByText(text);

  it('is opened, walked and used by keys alone', async () => {
    await row(FIRST).focus();
    await page.keyboard.press('Enter');
    await hearUntil(page, 0.2);
    await row(THIRD).focus();
    await page.keyboard.press('Shift+F10');
    const menu = page.getByRole('menu', { name: THIRD ?? '' });
    await menu.waitFor();
    await page.keyboard.press('ArrowDown');
    while (
      (await page.evaluate(() => document.activeElement?.textContent)) !== 'Play next' &&
      (await menu.isVisible())
    )
      await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await said('One track plays next.').waitFor();
    expect((await upcoming()).slice(0, 2)).toEqual([`Play ${THIRD}`, `Play ${SECOND}`]);
    expect(await row(THIRD).evaluate((button) => button === document.activeElement)).toBe(true);
    expect(watched.complaints).toEqual([]);
  });

  it('puts a track into a new list, and asks before it stands there twice', async () => {
    await row(SECOND).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Add to a playlist…' }).click();
    await page.getByRole('searchbox', { name: 'Find a playlist, or name a new one' }).fill('Rain');
    await page.getByRole('button', { name: 'New playlist “Rain”' }).click();
    await said('Playlist “Rain” made.').waitFor();
    await page.getByRole('button', { name: `More about ${SECOND}` }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: 'Add to a playlist…' }).click();
    await page.getByRole('button', { name: /^Rain/ }).click();
    const question = page.getByRole('dialog', { name: 'Already in “Rain”' });
    await question.getByRole('button', { name: 'Add all the same' }).click();
    await said('One track added to “Rain”.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    const lists = await music.client.get<{ items: readonly { id: string }[] }>('/api/playlists');
    await expect(music.client.get(`/api/playlists/${lists.items[0]?.id}`)).resolves.toMatchObject({
      title: 'Rain',
      kind: 'ordered',
    });
    expect(watched.complaints).toEqual([]);
  });

  it('leads to the artist, and gives the file to whoever may have it', async () => {
    await row(FIRST).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Download as a file' }).hover();
    const file = page.getByRole('menuitem', { name: 'As it came' });
    expect(await file.getAttribute('href')).toMatch(/^\/api\/tracks\/.*\/download\?format=original$/);
    await page.getByRole('menuitem', { name: 'Go to the artist' }).click();
    await page.waitForURL('**/artists/*');
    expect(watched.complaints).toEqual([]);
  });
});
