import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Page as ListPage } from '../../backend/src/common/page.js';
import { eventually } from '../../backend/test/support/client.js';
import { settleFiles, writeTrack, MUSIC } from '../../backend/test/support/music-folder.js';
import { MusicServer } from '../../backend/test/support/music-server.js';
import type { ToneFolder } from '../../backend/test/support/tones.js';
import { launchBrowser, openPage } from './support/browser.js';
import { hearUntil } from './support/playing.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(300_000);

const PHONE = { width: 390, height: 844 };
const ANN = { name: 'ann', password: 'correct horse' };
const LIST = 'Quiet harbour';
const TITLES = ['夜の海', 'Été', 'Brume', 'Slack tide'] as const;
const COLOURS = ['navy', 'orange', 'teal', 'maroon'] as const;

/** Four records of one track each, every one in a sleeve of its own. */
const writeRecords = async (tones: ToneFolder): Promise<string> => {
  for (const [at, title] of TITLES.entries())
    await writeTrack(tones, {
      name: `Harbour ${at}/01 ${title}.flac`,
      tone: { seconds: 8, frequencyHz: 300 + 100 * at, noise: 0.02 },
      cover: COLOURS[at] ?? 'black',
      args: [
        ...['-c:a', 'flac', '-metadata', `title=${title}`, '-metadata', `album=Record ${at}`],
        ...['-metadata', 'artist=Élodie Noël'],
      ],
    });
  await settleFiles(tones.path(MUSIC));
  return tones.path(MUSIC);
};

describe('the page of a playlist', () => {
  let music: MusicServer;
  let browser: Browser;
  let gone: string;

  beforeAll(async () => {
    [music, browser] = await Promise.all([MusicServer.start(writeRecords), launchBrowser()]);
    await music.settled(({ files }) => files.ready === TITLES.length);
    const { items } = await music.client.get<ListPage<{ id: string; title: string }>>('/api/tracks');
    const trackIds = TITLES.flatMap((title) => items.find((track) => track.title === title)?.id ?? []);
    await music.client.json('POST', '/api/playlists', {
      title: LIST,
      description: 'For when the boats are in.',
      trackIds: [...trackIds, trackIds[0]],
    });
    const other = await music.client.json<{ id: string }>('POST', '/api/playlists', { title: 'Nothing yet' });
    gone = other.id;
    await eventually(
      () => music.client.get<{ playlists: readonly unknown[] }>('/api/search?q=quiet'),
      ({ playlists }) => playlists.length === 1,
    );
  });
  afterAll(async () => {
    await browser.close();
    await music.remove();
  });

  const signIn = async (page: Page): Promise<void> => {
    await page.goto(`${music.url}/signin`);
    await page.getByLabel('Name').fill(ANN.name);
    await page.getByLabel('Password').fill(ANN.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${music.url}/`);
  };
  const overhang = (page: Page): Promise<number> =>
    page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

  it.each([
    ['dark', { width: 1280, height: 800 }],
    ['light', PHONE],
  ] as const)('is found, walked to by keys, and plays (%s, %o)', async (colorScheme, viewport) => {
    const { page, complaints, close } = await openPage(browser, { colorScheme, viewport });
    await signIn(page);
    await page.goto(`${music.url}/search?q=quiet`);
    const best = page.getByRole('region', { name: 'Best match' });
    await best.getByText('Playlist · ann').waitFor();
    await page.getByRole('searchbox').first().focus();
    for (let hit = 0; hit < 2; hit++) await page.keyboard.press('ArrowDown');
    const row = page.getByRole('region', { name: 'Playlists' }).getByRole('link', { name: LIST });
    expect(await row.evaluate((link) => link === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/playlists/*');
    await page.getByRole('heading', { level: 1, name: LIST }).waitFor();
    await page.getByText('By ann').waitFor();
    const rows = page.getByRole('list', { name: 'Tracks' }).getByRole('listitem');
    await rows.last().waitFor();
    expect(await rows.count()).toBe(5);
    await page.reload();
    await page.getByRole('button', { name: TITLES[1], exact: true }).click();
    await hearUntil(page, 1);
    expect(await overhang(page)).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
    await close();
  });

  it('says that nothing stands in an empty one, and that one is not there', async () => {
    const { page, close } = await openPage(browser, { viewport: PHONE });
    await signIn(page);
    await page.goto(`${music.url}/playlists/${gone}`);
    await page.getByText('Nothing stands in this list yet').waitFor();
    expect(await page.locator('.album-head').getByRole('button', { name: 'Play', exact: true }).count()).toBe(
      0,
    );
    await music.client.request('DELETE', `/api/playlists/${gone}`);
    await page.reload();
    await page.getByText('Nothing stands here').waitFor();
    await close();
  });
});
