import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import type { Page as ListPage } from '../../backend/src/common/page.js';
import type { MadeShareDto } from '../../backend/src/shares/shares.dto.js';
import { MusicServer } from '../../backend/test/support/music-server.js';
import { axeFinds } from './support/axe.js';
import { launchBrowser, openPage } from './support/browser.js';
import { ALBUM, ARTIST, TRACKS, writeToneAlbum } from './support/listening-room.js';
import { hearUntil } from './support/playing.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(300_000);

/** A phone's width, where nothing may stand beyond the edge. */
const PHONE = { width: 390, height: 844 };

describe('the page of a shared record', () => {
  let music: MusicServer;
  let browser: Browser;
  let share: MadeShareDto;
  let trackId: string;

  beforeAll(async () => {
    [music, browser] = await Promise.all([MusicServer.start(writeToneAlbum), launchBrowser()]);
    await music.settled(({ files }) => files.ready === TRACKS.length);
    const { items } = await music.client.get<ListPage<{ id: string }>>('/api/albums');
    const tracks = await music.client.get<ListPage<{ id: string; title: string }>>('/api/tracks');
    trackId = tracks.items.find(({ title }) => title === TRACKS[0].title)?.id ?? '';
    share = await music.client.json('POST', '/api/shares', { kind: 'album', id: items[0]?.id });
  });
  afterAll(async () => {
    await browser.close();
    await music.remove();
  });

  it.each([
    ['dark', { width: 1280, height: 800 }],
    ['light', PHONE],
  ] as const)(
    'shows what it is and plays it to somebody without an account (%s, %o)',
    async (colorScheme, viewport) => {
      const { page, complaints, media, close } = await openPage(browser, { colorScheme, viewport });
      await page.goto(`${music.url}/share#${share.token ?? ''}`);
      await page.getByRole('heading', { level: 1, name: ALBUM }).waitFor();
      expect(await page.getByText(ARTIST).first().isVisible()).toBe(true);
      await page.waitForFunction(() => (document.querySelector('img')?.naturalWidth ?? 0) > 0);
      expect(await page.locator('html').getAttribute('data-theme')).toBe(colorScheme);
      await page.getByRole('button', { name: TRACKS[1].title, exact: true }).click();
      await hearUntil(page, 1);
      await page.getByRole('button', { name: 'Pause' }).waitFor();
      expect(media.some((path) => path.endsWith('.m4s'))).toBe(true);
      await page.getByRole('button', { name: /^Sound/ }).click();
      const sound = page.getByRole('dialog');
      await sound.getByRole('heading', { name: 'What you hear' }).waitFor();
      expect(await sound.getByLabel('While playing').count()).toBe(1);
      expect(await sound.getByLabel('For downloads').count()).toBe(0);
      expect(await axeFinds(page)).toEqual([]);
      await page.keyboard.press('Escape');
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth - innerWidth),
      ).toBeLessThanOrEqual(0);
      expect(complaints).toEqual([]);
      await close();
    },
  );

  it('says so when there is nothing any more, or half a link', async () => {
    const { page, close } = await openPage(browser, { viewport: PHONE });
    await page.goto(`${music.url}/share#${'A'.repeat(43)}`);
    await page.getByRole('heading', { name: 'Nothing here any more' }).waitFor();
    await page.goto(`${music.url}/share`);
    await page.getByRole('heading', { name: 'Half a link' }).waitFor();
    await close();
  });

  it('a guest is led to what was shared with them, hears it, and sees nothing else', async () => {
    const guest = { username: 'gast', password: 'long enough' };
    await music.client.json('POST', '/api/users', { ...guest, role: 'guest' });
    const shared = { kind: 'track', id: trackId, people: [guest.username] };
    await music.client.json('POST', '/api/shares', shared);
    const { page, complaints, close } = await openPage(browser, { viewport: PHONE });
    await page.goto(`${music.url}/signin`);
    await page.getByLabel('Name').fill(guest.username);
    await page.getByLabel('Password').fill(guest.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${music.url}/shared`);
    await page.getByRole('link', { name: TRACKS[0].title }).click();
    await page.getByRole('heading', { level: 1, name: TRACKS[0].title }).waitFor();
    await page.getByRole('button', { name: TRACKS[0].title, exact: true }).click();
    await hearUntil(page, 1);
    await page.getByRole('link', { name: 'All that is shared with you' }).click();
    await page.getByText('A track, from ann').waitFor();
    await page.goto(`${music.url}/library`);
    await page.waitForURL(`${music.url}/shared`);
    // A page that is typed is drawn before it is known who looks, and the server refuses what it asks for.
    expect(complaints.filter((each) => !each.includes('status of 403'))).toEqual([]);
    await close();
  });
});
