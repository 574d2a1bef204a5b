import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { eventually } from '../../backend/test/support/client.js';
import { MusicServer } from '../../backend/test/support/music-server.js';
import { launchBrowser, openPage } from './support/browser.js';
import { attachEar, hearTone } from './support/ear.js';
import { ALBUM, TRACKS, writeToneAlbum } from './support/listening-room.js';
import { hearUntil, positionOf } from './support/playing.js';

const [NIGHT, SUMMER, MIST] = TRACKS;
/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(180_000);

interface History {
  readonly items: readonly {
    readonly playedMs: number;
    readonly outcome: string;
    readonly source: string | null;
    readonly track: { readonly title: string };
  }[];
}
interface Saved {
  readonly trackIds: readonly string[];
  readonly index: number | null;
  readonly positionMs: number;
  readonly repeat: string;
}

describe('what a listener hears and was hearing', () => {
  let music: MusicServer;
  let browser: Browser;

  beforeAll(async () => {
    [music, browser] = await Promise.all([MusicServer.start(writeToneAlbum), launchBrowser()]);
    await music.settled(({ files }) => files.ready === TRACKS.length);
  });
  afterAll(async () => {
    await browser.close();
    await music.remove();
  });

  const openDevice = async () => {
    const device = await openPage(browser);
    const [name = '', value = ''] = music.client.session.split('=', 2);
    await device.page.context().addCookies([{ name, value, url: music.url }]);
    await device.page.goto(`${music.url}/`);
    return device;
  };
  const bar = (page: Page) => page.getByRole('contentinfo', { name: 'Player' });
  const playAlbum = async (page: Page): Promise<void> => {
    await page.getByRole('main').getByRole('link', { name: ALBUM }).first().click();
    await page.locator('.album-head').getByRole('button', { name: 'Play', exact: true }).click();
    await attachEar(page);
  };
  const next = (page: Page) => bar(page).getByRole('button', { name: 'Next track' }).click();
  const history = () => music.client.get<History>('/api/me/history');
  const told = (titles: readonly string[]): Promise<History> =>
    eventually(
      () => history(),
      ({ items }) => JSON.stringify(items.map(({ track }) => track.title)) === JSON.stringify(titles),
    );
  const kept = (is: (queue: Saved) => boolean): Promise<Saved> =>
    eventually(() => music.client.get<Saved>('/api/me/queue'), is);

  it('is told to the server, whether it was played, skipped, or left with the page', async () => {
    const { page, complaints, close } = await openDevice();
    await playAlbum(page);
    await hearTone(page, NIGHT.frequencyHz);
    await hearUntil(page, 1);
    await next(page);
    await hearTone(page, SUMMER.frequencyHz);
    await hearTone(page, MIST.frequencyHz);
    await hearUntil(page, NIGHT.seconds + SUMMER.seconds + 1);
    await page.reload();
    const { items } = await told([MIST.title, SUMMER.title, NIGHT.title]);
    expect(items.map(({ outcome }) => outcome)).toEqual(['partial', 'play', 'skip']);
    expect(items.map(({ source }) => source)).toEqual(['album', 'album', 'album']);
    const [, whole, skipped] = items.map(({ playedMs }) => playedMs);
    expect(whole).toBeGreaterThan(SUMMER.seconds * 900);
    expect(whole).toBeLessThanOrEqual(SUMMER.seconds * 1010);
    expect(skipped).toBeLessThan(NIGHT.seconds * 500);
    expect(complaints).toEqual([]);
    await close();
  });

  it('stands in the queue again after a reload, at its place, and goes on there when it is wished', async () => {
    const { page, complaints, close } = await openDevice();
    await playAlbum(page);
    await hearTone(page, NIGHT.frequencyHz);
    await next(page);
    await hearTone(page, SUMMER.frequencyHz);
    await page.getByRole('slider', { name: 'Position' }).press('ArrowRight');
    await bar(page).getByRole('button', { name: 'Pause' }).click();
    await kept(({ index, positionMs }) => index === 1 && positionMs > 5000);
    await page.reload();
    await bar(page).getByText(SUMMER.title).waitFor();
    expect(Number(await page.getByRole('slider', { name: 'Position' }).inputValue())).toBeGreaterThan(5000);
    await bar(page).getByRole('button', { name: 'Play' }).click();
    await attachEar(page);
    await hearTone(page, SUMMER.frequencyHz);
    expect(await positionOf(page)).toBeGreaterThan(5);
    await hearTone(page, MIST.frequencyHz);
    expect(complaints).toEqual([]);
    await close();
  });

  it('goes on on another device, and the first one writes over nothing by resting', async () => {
    const phone = await openDevice();
    await playAlbum(phone.page);
    await hearTone(phone.page, NIGHT.frequencyHz);
    await bar(phone.page).getByRole('button', { name: 'Pause' }).click();
    await kept(({ index }) => index === 0);
    const desk = await openDevice();
    await bar(desk.page).getByText(NIGHT.title).waitFor();
    await bar(desk.page).getByRole('button', { name: 'Play' }).click();
    await attachEar(desk.page);
    await next(desk.page);
    await hearTone(desk.page, SUMMER.frequencyHz);
    await kept(({ index }) => index === 1);
    await phone.close();
    await next(desk.page);
    await hearTone(desk.page, MIST.frequencyHz);
    expect(await kept(({ index }) => index === 2)).toMatchObject({ repeat: 'off' });
    expect([...phone.complaints, ...desk.complaints]).toEqual([]);
    await desk.close();
  });

  it('is liked by its heart, wherever that is pressed, and stands on the home page', async () => {
    const { page, complaints, close } = await openDevice();
    const likes = () =>
      music.client.get<{ items: readonly { item: { title: string } }[] }>('/api/me/likes/track');
    const row = page.getByRole('listitem').filter({ hasText: SUMMER.title });
    await playAlbum(page);
    await bar(page)
      .getByRole('button', { name: `Like ${NIGHT.title}` })
      .click();
    await row.getByRole('button', { name: `Like ${SUMMER.title}` }).click();
    await row.getByRole('button', { name: `Take back the like of ${SUMMER.title}` }).waitFor();
    await eventually(likes, ({ items }) => items.length === 2);
    await page.reload();
    await row.getByRole('button', { name: `Take back the like of ${SUMMER.title}` }).click();
    await eventually(likes, ({ items }) => items.length === 1 && items[0]?.item.title === NIGHT.title);
    await page.goto(`${music.url}/`);
    const section = (title: string) =>
      page.locator('section').filter({ has: page.getByRole('heading', { name: title, exact: true }) });
    await section('Where you left off').getByRole('link', { name: ALBUM }).waitFor();
    await section('Saved with the heart').getByText(NIGHT.title).waitFor();
    await page.goto(`${music.url}/library?view=liked`);
    await page.getByRole('main').getByRole('button', { name: NIGHT.title, exact: true }).waitFor();
    await page.getByRole('link', { name: 'History', exact: true }).click();
    await page.getByRole('main').getByRole('button', { name: MIST.title, exact: true }).first().waitFor();

    const heard = async (): Promise<number> =>
      (await history()).items.filter(({ track }) => track.title === MIST.title).length;
    const before = await heard();
    const remove = page.getByRole('button', { name: `Remove ${MIST.title} from the history` });
    const shown = await remove.count();
    await remove.first().click();
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await remove.count()).toBe(shown);
    expect(await heard()).toBe(before);
    await remove.first().click();
    await page.getByText(`“${MIST.title}” is taken out of the history.`).waitFor();
    expect(await heard()).toBe(before);
    await page.getByRole('button', { name: 'Dismiss' }).click();
    await eventually(heard, (count) => count === before - 1);
    await page.reload();
    await page.getByRole('main').getByRole('button', { name: SUMMER.title, exact: true }).first().waitFor();
    expect(await remove.count()).toBe(shown - 1);
    expect(complaints).toEqual([]);
    await close();
  });

  it('is told later when the network was away, once', async () => {
    const { page, close } = await openDevice();
    const before = (await history()).items.length;
    await playAlbum(page);
    await hearTone(page, NIGHT.frequencyHz);
    // So much that it is told.
    await hearUntil(page, 1);
    // All three have come by now: the music plays on without a network.
    await page.waitForFunction((seconds) => {
      const audio = document.querySelector('audio');
      return (
        audio !== null && audio.buffered.length > 0 && audio.buffered.end(audio.buffered.length - 1) > seconds
      );
    }, NIGHT.seconds + 3);
    await page.route('**/api/plays', (route) => route.abort('internetdisconnected'));
    const tried = page.waitForRequest('**/api/plays');
    await next(page);
    await tried;
    await hearTone(page, SUMMER.frequencyHz);
    await hearUntil(page, NIGHT.seconds + 1);
    expect((await history()).items).toHaveLength(before);
    await page.unroute('**/api/plays');
    await page.reload();
    await eventually(history, ({ items }) => items.length === before + 2);
    await close();
  });
});
