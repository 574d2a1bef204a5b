import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { MUSIC, settleFiles, writeTrack } from '../../backend/test/support/music-folder.js';
import { MusicServer } from '../../backend/test/support/music-server.js';
import type { ToneFolder } from '../../backend/test/support/tones.js';
import { launchBrowser, openPage } from './support/browser.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(300_000);

const ALBUM = 'Drops';
const TRACKS = 24;
/** So many are gone through by hand; each leaves the window further behind. */
const SKIPS = 40;
const LIMIT_MB = 50;

const writeDrops = async (tones: ToneFolder): Promise<string> => {
  for (let track = 1; track <= TRACKS; track += 1) {
    const tags = { title: `Drop ${track}`, album: ALBUM, artist: 'Rain', track: String(track) };
    const metadata = Object.entries(tags).flatMap(([key, value]) => ['-metadata', `${key}=${value}`]);
    const tone = { seconds: 6, frequencyHz: 300 + 10 * track };
    await writeTrack(tones, { name: `${track}.flac`, tone, args: ['-c:a', 'flac', ...metadata] });
  }
  await settleFiles(tones.path(MUSIC));
  return tones.path(MUSIC);
};

interface Album {
  readonly discs: readonly { readonly tracks: readonly object[] }[];
}

/** The album as if it had that many tracks: its own, over and over. */
const servingTracks = async (page: Page, count: number): Promise<void> => {
  await page.route('**/api/albums/*', async (route) => {
    const response = await route.fetch();
    const album = (await response.json()) as Album;
    const own = album.discs.flatMap(({ tracks }) => tracks);
    // Texts of their own, as another answer of the server would bring.
    const tracks = Array.from({ length: count }, (_, at) => ({ ...own[at % own.length] }));
    const body = JSON.stringify({ ...album, discs: [{ ...album.discs[0], tracks }] });
    await route.fulfill({ response, body });
  });
};

const residentMb = (pid: number): number =>
  Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;

describe('a queue of ten thousand tracks', () => {
  let music: MusicServer;

  beforeAll(async () => {
    music = await MusicServer.start(writeDrops);
    await music.settled(({ files }) => files.ready === TRACKS);
  });
  afterAll(() => music.remove());

  /** A browser of its own, so that each begins with as little as the other. */
  const listenThrough = async (count: number, skips: number) => {
    const browser = await launchBrowser();
    const { page, complaints } = await openPage(browser);
    const [name = '', value = ''] = music.client.session.split('=', 2);
    await page.context().addCookies([{ name, value, url: music.url }]);
    await servingTracks(page, count);
    const granted: number[] = [];
    page.on('request', (request) => {
      if (!request.url().endsWith('/api/playback')) return;
      const { trackIds } = request.postDataJSON() as { trackIds: readonly string[] };
      granted.push(trackIds.length);
    });
    await page.goto(`${music.url}/library`);
    await page.getByRole('button', { name: `Play ${ALBUM}` }).click({ force: true });
    const bar = page.getByRole('contentinfo', { name: 'Player' });
    const heard = async (position: number): Promise<void> => {
      await bar.getByText(`Drop ${(position % TRACKS) + 1}`, { exact: true }).waitFor();
      await page.waitForFunction(() => {
        const audio = document.querySelector('audio');
        return audio !== null && !audio.seeking && !audio.paused && audio.readyState > 2;
      });
    };
    for (let position = 0; position <= skips; position += 1) {
      await heard(position);
      if (position < skips) await bar.getByRole('button', { name: 'Next track' }).click();
    }
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('HeapProfiler.collectGarbage');
    await cdp.send('Performance.enable');
    const { metrics } = await cdp.send('Performance.getMetrics');
    const heapMb = (metrics.find((each) => each.name === 'JSHeapUsedSize')?.value ?? NaN) / 2 ** 20;
    const system = await browser.newBrowserCDPSession();
    const { processInfo } = await system.send('SystemInfo.getProcessInfo');
    const pages = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => residentMb(id));
    await browser.close();
    expect(complaints).toEqual([]);
    return { heapMb, pageMb: Math.max(...pages), granted };
  };

  it('takes no more of the page than one of ten, and is granted a window at a time', async () => {
    const [ten, tenThousand] = await Promise.all([listenThrough(10, 9), listenThrough(10_000, SKIPS)]);
    expect(tenThousand.heapMb - ten.heapMb).toBeLessThan(LIMIT_MB);
    expect(tenThousand.pageMb - ten.pageMb).toBeLessThan(LIMIT_MB);
    expect(Math.max(...tenThousand.granted)).toBeLessThanOrEqual(21);
  });
});
