import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import type { Page as ListPage } from '../../backend/src/common/page.js';
import { MUSIC, settleFiles, writeTrack } from '../../backend/test/support/music-folder.js';
import { MusicServer } from '../../backend/test/support/music-server.js';
import type { ToneFolder } from '../../backend/test/support/tones.js';
import { axeFinds } from './support/axe.js';
import { launchBrowser, openPage, type WatchedPage } from './support/browser.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(300_000);

const ALBUM = 'Letters';
const TITLES = ['Alpha', 'Beta', 'Gamma', 'Delta'] as const;
const LIST = 'Harbour';

const writeLetters = async (tones: ToneFolder): Promise<string> => {
  for (const [at, title] of TITLES.entries())
    await writeTrack(tones, {
      name: `${at}.flac`,
      tone: { seconds: 4, frequencyHz: 300 + 100 * at },
      args: [
        ...['-c:a', 'flac', '-metadata', `title=${title}`, '-metadata', `album=${ALBUM}`],
        ...['-metadata', `track=${at + 1}`, '-metadata', 'artist=Ada'],
      ],
    });
  await settleFiles(tones.path(MUSIC));
  return tones.path(MUSIC);
};

describe('a list of one’s own', () => {
  let music: MusicServer;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;
  let trackIds: readonly string[];
  let listId: string;

  beforeAll(async () => {
    [music, browser] = await Promise.all([MusicServer.start(writeLetters), launchBrowser()]);
    await music.settled(({ files }) => files.ready === TITLES.length);
    const { items } = await music.client.get<ListPage<{ id: string; title: string }>>('/api/tracks');
    trackIds = TITLES.flatMap((title) => items.find((track) => track.title === title)?.id ?? []);
  });
  afterAll(async () => {
    await browser.close();
    await music.remove();
  });
  beforeEach(async () => {
    const list = await music.client.json<{ id: string }>('POST', '/api/playlists', { title: LIST, trackIds });
    listId = list.id;
    watched = await openPage(browser, { viewport: { width: 1440, height: 900 } });
    ({ page } = watched);
    const [name = '', value = ''] = music.client.session.split('=', 2);
    await page.context().addCookies([{ name, value, url: music.url }]);
    await page.goto(`${music.url}/playlists/${listId}`);
    await row('Delta').waitFor();
  });
  afterEach(async () => {
    await watched.close();
    await music.client.request('DELETE', `/api/playlists/${listId}`);
  });

  const row = (title: string) =>
    page.getByRole('list', { name: 'Tracks' }).getByRole('listitem').filter({ hasText: title });
  const stands = (titles: readonly string[]) =>
    page.waitForFunction(
      (wanted) =>
        [...document.querySelectorAll('main .track-row b')].map((each) => each.textContent).join() === wanted,
      titles.join(),
    );
  const said = (text: string) => page.getByRole('status').getByText(text);
  const edited = (what: string) =>
    page.waitForResponse((answer) => answer.url().endsWith(`/entries/${what}`) && answer.ok());

  const drag = async (what: Locator, onto: Locator): Promise<void> => {
    const [from, to] = [await what.boundingBox(), await onto.boundingBox()];
    if (!from || !to) throw new Error('the rows are not there');
    await page.mouse.move(from.x + 90, from.y + 20);
    await page.mouse.down();
    await page.mouse.move(from.x + 90, from.y + 10, { steps: 4 });
    await page.mouse.move(to.x + 90, to.y + 20, { steps: 8 });
    await page.mouse.up();
  };

  it('is put into another order by drag and by keys, and a reload keeps it', async () => {
    const moved = edited('move');
    await drag(row('Delta'), row('Beta'));
    await stands(['Alpha', 'Delta', 'Beta', 'Gamma']);
    await moved;
    const again = edited('move');
    await page.getByRole('button', { name: 'Gamma', exact: true }).focus();
    await page.keyboard.press('Alt+ArrowUp');
    await stands(['Alpha', 'Delta', 'Gamma', 'Beta']);
    await again;
    await page.reload();
    await row('Beta').waitFor();
    await stands(['Alpha', 'Delta', 'Gamma', 'Beta']);
    expect(watched.complaints).toEqual([]);
  });

  it('loses a block, has it back, and shows what somebody else has made of it', async () => {
    await page.getByRole('button', { name: 'Beta', exact: true }).click({ modifiers: ['Control'] });
    await page.getByRole('button', { name: 'Gamma', exact: true }).click({ modifiers: ['Shift'] });
    await page.getByRole('toolbar').getByRole('button', { name: 'Remove from this list' }).click();
    await stands(['Alpha', 'Delta']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await stands(['Alpha', 'Beta', 'Gamma', 'Delta']);
    await page.waitForLoadState('networkidle');
    const now = await music.client.get<{ revision: number }>(`/api/playlists/${listId}`);
    const { items } = await music.client.get<ListPage<{ id: string }>>(`/api/playlists/${listId}/entries`);
    const gone = { revision: now.revision, entryIds: [items[0]?.id] };
    await music.client.json('POST', `/api/playlists/${listId}/entries/remove`, gone);
    await page.getByRole('button', { name: 'Delta', exact: true }).focus();
    await page.keyboard.press('Alt+ArrowUp');
    await said('Somebody else has changed “Harbour” meanwhile.').waitFor();
    await stands(['Beta', 'Gamma', 'Delta']);
    expect(watched.complaints).toEqual([]);
  });

  it('takes a track that is dragged onto it, is renamed, and a link to it is taken back', async () => {
    await page.getByRole('button', { name: 'Edit', exact: true }).click();
    await page.getByLabel('Name').fill('Pier');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'Pier' }).waitFor();
    const head = page.locator('.album-head');
    await head.getByRole('button', { name: 'More about Pier' }).click();
    await page.getByRole('menuitem', { name: 'Copy a link to share' }).click();
    await page.getByText(/Link copied|A link to share/).waitFor();
    await page.getByRole('link', { name: ALBUM }).first().click();
    await page.getByRole('heading', { level: 1, name: ALBUM }).waitFor();
    const list = page.getByRole('list', { name: 'Playlists' }).getByRole('link', { name: 'Pier' });
    await page.locator('.track-row').filter({ hasText: 'Beta' }).dragTo(list);
    await page.getByRole('dialog', { name: 'Already in “Pier”' }).waitFor();
    await page.getByRole('button', { name: 'Add all the same' }).click();
    await list.getByText('5 tracks').waitFor();
    await page.goto(`${music.url}/settings/account`);
    await page.getByRole('button', { name: 'End sharing Pier' }).click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'End', exact: true }).click();
    await page.getByText('Nothing is shared.').waitFor();
    expect(watched.complaints).toEqual([]);
  });

  it('may hold a thousand entries, of which those in sight are drawn, and is still put into order', async () => {
    const count = 1200;
    const many = Array.from({ length: count }, (_, at) => trackIds[at % trackIds.length]);
    const long = await music.client.json<{ id: string }>('POST', '/api/playlists', {
      title: 'Long',
      trackIds: many,
    });
    const rows = page.getByRole('list', { name: 'Tracks' }).getByRole('listitem');
    await page.goto(`${music.url}/playlists/${long.id}`);
    await row('Delta').first().waitFor();
    expect(await rows.count()).toBeLessThan(60);
    const last = page.locator(`main [aria-posinset="${count}"]`);
    while ((await last.count()) === 0) {
      await page.locator('#main').evaluate((main) => main.scrollTo(0, main.scrollHeight));
      await rows.last().waitFor();
    }
    expect(await rows.count()).toBeLessThan(60);
    await last.getByText(String(count), { exact: true }).waitFor();

    const moved = edited('move');
    await drag(last, rows.nth(-3));
    await moved;
    await row('Delta')
      .and(page.locator(`main [aria-posinset="${count - 2}"]`))
      .waitFor();
    expect(await rows.count()).toBeLessThan(60);
    await music.client.request('DELETE', `/api/playlists/${long.id}`);
    expect(watched.complaints).toEqual([]);
  });

  it('is brought along from another player, which says what it did not find', async () => {
    await page.goto(`${music.url}/library?view=playlists`);
    const content = '#EXTM3U\n#EXTINF:4,Ada - Beta\nx/Beta.flac\n#EXTINF:9,Nobody - Nothing\nx/none.flac\n';
    await page
      .locator('input[type="file"]')
      .setInputFiles({ name: 'Old.m3u8', mimeType: 'audio/x-mpegurl', buffer: Buffer.from(content) });
    await page.getByText('One track was found for').waitFor();
    await page.getByText('One was not found').click();
    await page.getByText('Nothing · Nobody').waitFor();
    expect(watched.complaints).toEqual([]);
  });

  it('is found by rules, which are written and changed by keys alone, with what they find beside them', async () => {
    const { keyboard } = page;
    const found = (text: string) =>
      page.getByRole('region', { name: 'What this finds' }).getByText(text).waitFor();
    const rule = (place: string) => page.getByRole('group', { name: `Rule ${place}`, exact: true });
    await page.goto(`${music.url}/library?view=playlists`);
    await page.getByRole('button', { name: 'New list by rules' }).focus();
    await keyboard.press('Enter');
    await page.getByLabel('Name', { exact: true }).focus();
    await keyboard.type('By ear');
    await rule('1').getByRole('combobox', { name: 'What' }).focus();
    await keyboard.type('Title');
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    await keyboard.type('éta');
    await found('One track,');
    await page.getByRole('list', { name: 'The first tracks' }).getByText('Beta').waitFor();

    await page.getByRole('group', { name: 'Rules' }).getByRole('button', { name: 'Add a group' }).focus();
    await keyboard.press('Enter');
    const group = page.getByRole('group', { name: 'Group 2' });
    await group.getByRole('combobox', { name: 'How many must hold' }).and(page.locator(':focus')).waitFor();
    await found('Fill in the rules');
    await page.getByRole('button', { name: 'Make it' }).click();
    await group.getByText('A value is missing here.').waitFor();
    expect(await axeFinds(page)).toEqual([]);
    await group.getByRole('combobox', { name: 'What' }).selectOption('Length');
    await group.getByRole('combobox', { name: 'How it compares' }).selectOption('is above');
    await group.getByLabel('Value, minutes').fill('2');
    await found('No track fits at the moment.');
    await group.getByLabel('Value, minutes').fill('0.05');
    await found('One track,');
    await page.getByRole('button', { name: 'Make it' }).focus();
    await keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'By ear' }).waitFor();
    await stands(['Beta']);

    await page.getByRole('button', { name: 'Rules', exact: true }).focus();
    await keyboard.press('Enter');
    expect(await group.getByLabel('Value, minutes').inputValue()).toBe('0.05');
    await rule('1').getByRole('textbox', { name: 'Value' }).fill('a');
    await page.getByLabel('Sorted by').selectOption('Title');
    await page.getByLabel('At most').fill('3');
    await found('4 fit; the rest stays outside.');
    await group.getByRole('button', { name: 'Remove rule 2.1' }).focus();
    await keyboard.press('Enter');
    await group.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await stands(['Alpha', 'Beta', 'Delta']);
    await page.reload();
    await row('Delta').waitFor();
    await stands(['Alpha', 'Beta', 'Delta']);
    expect(watched.complaints).toEqual([]);
  });
});
