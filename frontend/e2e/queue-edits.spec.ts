import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { MUSIC, settleFiles, writeTrack } from '../../backend/test/support/music-folder.js';
import { MusicServer } from '../../backend/test/support/music-server.js';
import type { ToneFolder } from '../../backend/test/support/tones.js';
import { launchBrowser, openPage, type WatchedPage } from './support/browser.js';
import { hearUntil } from './support/playing.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(300_000);

const ALBUM = 'Letters';
const TITLES = ['Alpha', 'Beta', 'Gamma', 'Delta', 'Epsilon'] as const;

const writeLetters = async (tones: ToneFolder): Promise<string> => {
  for (const [at, title] of TITLES.entries())
    await writeTrack(tones, {
      name: `${at}.flac`,
      // The first long enough that all is done while it sounds.
      tone: { seconds: at === 0 ? 240 : 6, frequencyHz: 300 + 100 * at },
      args: [
        ...['-c:a', 'flac', '-metadata', `title=${title}`, '-metadata', `album=${ALBUM}`],
        ...['-metadata', `track=${at + 1}`, '-metadata', 'artist=Ada'],
      ],
    });
  await settleFiles(tones.path(MUSIC));
  return tones.path(MUSIC);
};

describe('what comes next', () => {
  let music: MusicServer;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    [music, browser] = await Promise.all([MusicServer.start(writeLetters), launchBrowser()]);
    await music.settled(({ files }) => files.ready === TITLES.length);
  });
  afterAll(async () => {
    await browser.close();
    await music.remove();
  });
  const enter = async (to: WatchedPage): Promise<void> => {
    const [name = '', value = ''] = music.client.session.split('=', 2);
    await to.page.context().addCookies([{ name, value, url: music.url }]);
    await to.page.goto(`${music.url}/`);
    await to.page.getByRole('main').getByRole('link', { name: ALBUM }).first().click();
    await to.page.getByRole('heading', { level: 1, name: ALBUM }).waitFor();
  };
  const playAlbum = async (on: Page): Promise<void> => {
    await on.locator('.album-head').getByRole('button', { name: 'Play', exact: true }).click();
    await hearUntil(on, 0.2);
  };
  beforeEach(async () => {
    watched = await openPage(browser);
    ({ page } = watched);
    await enter(watched);
    await playAlbum(page);
  });
  afterEach(() => watched.close());

  const list = () => page.getByRole('grid', { name: 'Next' });
  const row = (title: string) => list().getByRole('row').filter({ hasText: title });
  const order = (): Promise<readonly string[]> => list().locator('b').allInnerTexts();
  const isNext = (titles: readonly string[]) =>
    page.waitForFunction(
      (wanted) =>
        [...document.querySelectorAll('[role="grid"] b')].map((each) => each.textContent).join() === wanted,
      titles.join(),
    );
  /** So that its middle lies on the upper edge of the other. */
  const drag = async (title: string, onto: string): Promise<void> => {
    const [from, to] = [await row(title).boundingBox(), await row(onto).boundingBox()];
    if (!from || !to) throw new Error('the rows are not there');
    await page.mouse.move(from.x + 120, from.y + 20);
    await page.mouse.down();
    await page.mouse.move(from.x + 120, from.y + 10, { steps: 4 });
    await page.mouse.move(to.x + 120, to.y + 20, { steps: 8 });
    await page.mouse.up();
  };
  const said = (text: string) => page.getByRole('status').getByText(text);
  /** What sounded goes on: it was neither begun anew nor stopped. */
  const soundsOn = async (): Promise<void> => {
    const at = await page.evaluate(() => document.querySelector('audio')?.currentTime ?? 0);
    expect(at).toBeGreaterThan(0.2);
    await hearUntil(page, at + 0.3);
    await page.getByRole('contentinfo', { name: 'Player' }).getByText('Alpha').waitFor();
  };

  it('is put into another order by the mouse and by keys, and heard in it', async () => {
    await drag('Epsilon', 'Beta');
    await isNext(['Epsilon', 'Beta', 'Gamma', 'Delta']);
    await drag('Beta', 'Delta');
    await isNext(['Epsilon', 'Gamma', 'Beta', 'Delta']);
    await drag('Beta', 'Gamma');
    await row('Delta').focus();
    await page.keyboard.press('Alt+ArrowUp');
    await page.keyboard.press('Alt+ArrowUp');
    await isNext(['Epsilon', 'Delta', 'Beta', 'Gamma']);
    await soundsOn();
    await page.getByRole('button', { name: 'Next track' }).click();
    await page.getByRole('contentinfo', { name: 'Player' }).getByText('Epsilon').waitFor();
    await page.getByText('One track played before').waitFor();
    expect(watched.complaints).toEqual([]);
  });

  it('loses what was chosen, and has it back where it stood', async () => {
    await row('Beta').click();
    await row('Delta').click({ modifiers: ['Shift'] });
    await row('Gamma').click({ modifiers: ['Control'] });
    await page.keyboard.press('Escape');
    await row('Gamma').focus();
    await page.keyboard.press('Shift+ArrowDown');
    await page.getByRole('toolbar', { name: '2 selected' }).waitFor();
    await page.keyboard.press('Delete');
    await isNext(['Beta', 'Epsilon']);
    await said('2 tracks removed from the queue.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await isNext(['Beta', 'Gamma', 'Delta', 'Epsilon']);
    await page.getByRole('button', { name: 'Clear what comes next' }).click();
    await page.getByText('Nothing after this.').waitFor();
    await soundsOn();
    expect(watched.complaints).toEqual([]);
  });

  it('is kept as a playlist', async () => {
    await page.getByRole('button', { name: 'Save as a playlist' }).click();
    await page.getByRole('searchbox', { name: 'Find a playlist, or name a new one' }).fill('Alphabet');
    await page.getByRole('button', { name: 'New playlist “Alphabet”' }).click();
    await page.getByRole('button', { name: 'Open' }).click();
    await page.getByRole('heading', { level: 1, name: 'Alphabet' }).waitFor();
    const rows = page.getByRole('list', { name: 'Tracks' }).locator('b');
    await rows.last().waitFor();
    expect(await rows.allInnerTexts()).toEqual(TITLES);
    expect(watched.complaints).toEqual([]);
  });

  it('is offered to a page that stood open while another one played', async () => {
    await page.getByRole('button', { name: 'Pause' }).first().click();
    const other = await openPage(browser);
    await enter(other);
    const taken = other.page.waitForResponse(
      (answer) =>
        answer.url().endsWith('/api/me/queue') && answer.request().method() === 'PUT' && answer.ok(),
    );
    await other.page.getByRole('button', { name: 'Delta', exact: true }).click();
    await taken;
    await other.close();
    await page.evaluate(() => dispatchEvent(new Event('focus')));
    await page.getByRole('button', { name: 'Continue here' }).click();
    await page.getByRole('contentinfo', { name: 'Player' }).getByText('Delta').waitFor();
    expect(await order()).toEqual(['Epsilon']);
    expect(watched.complaints).toEqual([]);
  });
});
