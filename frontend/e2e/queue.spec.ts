import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Page as ListPage } from '../../backend/src/common/page.js';
import { MUSIC, settleFiles, writeTrack } from '../../backend/test/support/music-folder.js';
import { MusicServer } from '../../backend/test/support/music-server.js';
import type { ToneFolder } from '../../backend/test/support/tones.js';
import { launchBrowser, openPage, type WatchedPage } from './support/browser.js';
import { attachEar, hearTone } from './support/ear.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(180_000);

const ALBUM = 'Scale';
const TRACKS = [330, 440, 550, 660, 770].map((frequencyHz, at) => ({
  title: `Step ${at + 1}`,
  frequencyHz,
  // The last long enough that a busy machine can add to it.
  seconds: at === 4 ? 20 : 6,
}));
const [ONE, TWO, THREE, FOUR, FIVE] = TRACKS.map(({ frequencyHz }) => frequencyHz);

const writeScale = async (tones: ToneFolder): Promise<string> => {
  for (const [at, { title, ...tone }] of TRACKS.entries()) {
    const tags = { title, album: ALBUM, artist: 'Piano', track: String(at + 1) };
    const metadata = Object.entries(tags).flatMap(([key, value]) => ['-metadata', `${key}=${value}`]);
    await writeTrack(tones, {
      name: `${at + 1}.flac`,
      // One pitch in both channels, or the ear could not tell which track it is.
      tone: { ...tone, channels: 1 },
      args: ['-ac', '2', '-c:a', 'flac', ...metadata],
    });
  }
  await settleFiles(tones.path(MUSIC));
  return tones.path(MUSIC);
};

describe('a queue in play', () => {
  let music: MusicServer;
  let browser: Browser;
  let ids: ReadonlyMap<string, string>;
  let watched: WatchedPage;
  let page: Page;

  beforeAll(async () => {
    [music, browser] = await Promise.all([MusicServer.start(writeScale), launchBrowser()]);
    await music.settled(({ files }) => files.ready === TRACKS.length);
    const { items } = await music.client.get<ListPage<{ id: string; title: string }>>('/api/tracks');
    ids = new Map(items.map(({ id, title }) => [title, id]));
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
    await attachEar(page);
  });
  afterEach(() => watched.close());

  const bar = () => page.getByRole('contentinfo', { name: 'Player' });
  const queue = () => page.getByRole('complementary');
  const playAlbum = () =>
    page.locator('.album-head').getByRole('button', { name: 'Play', exact: true }).click();
  const jumpTo = (title: string) =>
    queue()
      .getByRole('button', { name: `Play ${title}` })
      .click();
  const remove = async (title: string): Promise<void> => {
    await queue()
      .getByRole('button', { name: `Play ${title}` })
      .hover();
    await queue()
      .getByRole('button', { name: `Remove ${title} from the queue` })
      .click();
  };
  /** How often the element came to an end: within one timeline it does not, between two tracks. */
  const countEnds = () =>
    page.evaluate(() => {
      Reflect.set(window, 'kanadeEnds', 0);
      document
        .querySelector('audio')
        ?.addEventListener('ended', () =>
          Reflect.set(window, 'kanadeEnds', Number(Reflect.get(window, 'kanadeEnds')) + 1),
        );
    });
  const ends = () => page.evaluate(() => Number(Reflect.get(window, 'kanadeEnds')));
  const allIsBuffered = () =>
    page.waitForFunction(() => {
      const audio = document.querySelector('audio');
      return audio !== null && audio.buffered.length > 0 && audio.duration - audio.buffered.end(0) < 0.1;
    });

  it('is jumped about in, also back to what has left the timeline', async () => {
    await playAlbum();
    await hearTone(page, ONE ?? 0);
    await jumpTo('Step 4');
    await hearTone(page, FOUR ?? 0);
    await bar().getByText('Step 4').waitFor();
    await bar().getByRole('button', { name: 'Previous track' }).click();
    await hearTone(page, THREE ?? 0);
    await bar().getByRole('button', { name: 'Previous track' }).click();
    await hearTone(page, TWO ?? 0);
    await bar().getByText('Step 2').waitFor();
    await hearTone(page, THREE ?? 0);
    await bar().getByText('Step 3').waitFor();
    expect(watched.complaints).toEqual([]);
  });

  it('goes on into what is added while its last track plays, all of it fetched', async () => {
    await playAlbum();
    await jumpTo('Step 5');
    await hearTone(page, FIVE ?? 0);
    await allIsBuffered();
    await countEnds();
    await page.getByRole('button', { name: 'Add Step 1 to the queue' }).click();
    await page.getByRole('button', { name: 'Add Step 2 to the queue' }).click();
    for (let press = 0; press < 2; press += 1)
      await page.getByRole('slider', { name: 'Position' }).press('ArrowRight');
    await hearTone(page, ONE ?? 0);
    await bar().getByText('Step 1').waitFor();
    await hearTone(page, TWO ?? 0);
    expect(await ends()).toBe(0);
    expect(watched.complaints).toEqual([]);
  });

  it('goes on into what is added in the last moments of its last track', async () => {
    await playAlbum();
    await jumpTo('Step 5');
    await hearTone(page, FIVE ?? 0);
    await allIsBuffered();
    for (let press = 0; press < 3; press += 1)
      await page.getByRole('slider', { name: 'Position' }).press('ArrowRight');
    // In the page itself: the way there and back takes longer than what is left.
    const leftSeconds = await page.evaluate(async () => {
      const audio = document.querySelector('audio');
      const button = document.querySelector<HTMLButtonElement>('[aria-label="Add Step 1 to the queue"]');
      if (audio === null || button === null) throw new Error('there is nothing to add');
      const end = audio.duration;
      while (audio.currentTime < end - 0.25) await new Promise(requestAnimationFrame);
      button.click();
      return end - audio.currentTime;
    });
    expect(leftSeconds).toBeLessThan(0.5);
    await hearTone(page, ONE ?? 0);
    await bar().getByText('Step 1').waitFor();
    expect(watched.complaints).toEqual([]);
  });

  it('ends with the track that plays when all others are taken out', async () => {
    await playAlbum();
    await jumpTo('Step 4');
    await hearTone(page, FOUR ?? 0);
    await allIsBuffered();
    await remove('Step 5');
    await page.waitForFunction(() => document.querySelector('audio')?.paused === true);
    await bar().getByText('Step 4').waitFor();
    expect(watched.complaints).toEqual([]);
  });

  it('asks for new addresses when the old ones have run out, and plays on', async () => {
    const third = `/media/${ids.get('Step 3')}/`;
    const ranOut = new Set<string>();
    await page.route(`**${third}**`, async (route) => {
      const { search } = new URL(route.request().url());
      if (ranOut.size === 0) ranOut.add(search);
      await (ranOut.has(search) ? route.fulfill({ status: 403 }) : route.continue());
    });
    await playAlbum();
    await hearTone(page, ONE ?? 0);
    await countEnds();
    await hearTone(page, THREE ?? 0);
    await bar().getByText('Step 3').waitFor();
    expect(await ends()).toBe(0);
    expect(await page.getByText('will not open').count()).toBe(0);
  });

  it('passes over a track whose segments are gone, and says so once', async () => {
    await page.route(`**/media/${ids.get('Step 3')}/**`, (route) => route.fulfill({ status: 404 }));
    await playAlbum();
    await hearTone(page, ONE ?? 0);
    await hearTone(page, TWO ?? 0);
    await hearTone(page, FOUR ?? 0);
    await bar().getByText('Step 4').waitFor();
    expect(await page.getByText('will not open').count()).toBe(1);
  });

  it('plays another rung where one cannot be had, in the track that sounds and in those that follow', async () => {
    let refused = 0;
    const refuse = (address: string): Promise<unknown> =>
      page.route(address, (route) => {
        refused += 1;
        return route.fulfill({ status: 503 });
      });
    // Only the lowest rung is left, whichever the player would choose.
    for (const rung of ['opus-160', 'opus-320']) {
      await refuse(`**/media/${ids.get('Step 1')}/*/${rung}/full/1.m4s**`);
      await refuse(`**/media/${ids.get('Step 3')}/*/${rung}/**`);
    }
    await playAlbum();
    await hearTone(page, ONE ?? 0);
    await countEnds();
    await hearTone(page, TWO ?? 0);
    await hearTone(page, THREE ?? 0);
    await bar().getByText('Step 3').waitFor();
    await hearTone(page, FOUR ?? 0);
    expect(refused).toBeGreaterThanOrEqual(2);
    expect(await ends()).toBe(0);
    expect(await page.getByText('will not open').count()).toBe(0);
  });
});
