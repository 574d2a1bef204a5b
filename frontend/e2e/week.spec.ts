import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { MusicServer } from '../../backend/test/support/music-server.js';
import type { Browser, Locator } from 'playwright-core';
import { axeFinds } from './support/axe.js';
import { launchBrowser, openPage, type WatchedPage } from './support/browser.js';
import { clippedOn } from './support/clipping.js';
import { stands } from './support/furnished-house.js';
import { TRACKS, writeToneAlbum } from './support/listening-room.js';

/** Only there so that a broken page fails its test: a busy machine takes its time. */
jest.setTimeout(300_000);

const SIZES = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
];

describe('the page of the week', () => {
  let music: MusicServer;
  let browser: Browser;
  let watched: WatchedPage;

  beforeAll(async () => {
    [music, browser] = await Promise.all([MusicServer.start(writeToneAlbum), launchBrowser()]);
    await music.settled(({ files }) => files.ready === TRACKS.length);
    watched = await openPage(browser, { reducedMotion: 'reduce', viewport: SIZES[0] ?? null });
    const [name = '', value = ''] = music.client.session.split('=', 2);
    await watched.page.context().addCookies([{ name, value, url: music.url }]);
    await watched.page.goto(`${music.url}/week`);
  });
  afterAll(async () => {
    await browser.close();
    await music.remove();
  });

  const rows = (): Locator => watched.page.locator('.week-row');
  const button = (name: string): Locator => watched.page.getByRole('button', { name, exact: true });

  it('gives somebody who has heard nothing what is there, each with a sentence that is true', async () => {
    const { page } = watched;
    await rows().first().waitFor();
    // Two of one artist at the most, and there is but one artist.
    expect(await rows().count()).toBe(2);
    const titles = await page.locator('.week-row b').allInnerTexts();
    expect(titles.every((title) => TRACKS.some((track) => track.title === title))).toBe(true);
    expect(await page.locator('.week-why').allInnerTexts()).toEqual([
      'It came in lately. Nobody here has played it yet.',
      'It came in lately. Nobody here has played it yet.',
    ]);
  });

  it('has no fault that axe knows, with a reason opened, and nothing is cut', async () => {
    const { page } = watched;
    await rows().first().getByRole('button', { name: /^Why / }).click();
    await button('Not this artist').waitFor();
    const faults: string[] = [];
    for (const size of SIZES) {
      await page.setViewportSize(size);
      for (const theme of ['dark', 'light']) {
        await page.evaluate((chosen) => void (document.documentElement.dataset.theme = chosen), theme);
        await stands(page);
        faults.push(...(await axeFinds(page)), ...(await clippedOn(page)));
      }
    }
    await page.setViewportSize(SIZES[0] ?? { width: 1440, height: 900 });
    expect(faults).toEqual([]);
  });

  it('keeps with the keys how far the next list goes', async () => {
    const { page } = watched;
    const slider = page.getByRole('slider', { name: 'How far from home?' });
    await slider.focus();
    const kept = page.waitForResponse(
      (answer) => answer.request().postData()?.includes('adventure') === true,
    );
    await page.keyboard.press('ArrowRight');
    expect((await kept).status()).toBe(200);
    expect(await slider.getAttribute('aria-valuetext')).toBe('Rather what is new');
    expect(await music.client.get('/api/me/taste')).toMatchObject({ adventure: 1 });
  });

  it('leaves out what somebody does not want, and takes that back', async () => {
    const [title = ''] = await watched.page.locator('.week-row b').allInnerTexts();
    await button(`Less like ${title}`).click();
    await watched.page.getByText('Not in the next lists.').waitFor();
    expect(await music.client.get('/api/me/taste/blocks')).toMatchObject({ items: [{ kind: 'track' }] });
    await button('Undo').click();
    await button(`Less like ${title}`).waitFor();
    expect(await music.client.get('/api/me/taste/blocks')).toMatchObject({ items: [] });
  });

  it('sounds, and becomes a playlist that stays', async () => {
    const { page, complaints } = watched;
    const first = await page.locator('.week-row b').first().innerText();
    await rows().first().getByRole('button', { name: first, exact: true }).click();
    await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 0.2);
    await button('Save as playlist').click();
    await page.waitForURL(/\/playlists\//);
    await page.getByRole('heading', { name: /^This week, No\. \d+$/ }).waitFor();
    expect(complaints).toEqual([]);
  });
});
