import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../frontend/e2e/support/browser.ts';
import { bringEar, pressToSound } from './page/ear.ts';
import { openHouse, type House } from './page/house.ts';
import type { Figure } from './report/figure.ts';
import { median } from './scan/cpu.ts';

/** Goal 8: from the press of a row to the first sample, prefetched and cold, beside a plain Shaka that loads its manifest. */

const { values: options } = parseArgs({
  options: { json: { type: 'string' }, rounds: { type: 'string', default: '7' } },
});
const ROUNDS = Number(options.rounds);
const LINES = [
  { rttMs: 0, goals: null },
  { rttMs: 50, goals: { prefetched: 1 / 5, cold: 0.75 } },
] as const;
const DOWN_BYTES_PER_SECOND = 10_000_000 / 8;
const say = (text: string): void => void process.stderr.write(`${text}\n`);

interface Album {
  readonly id: string;
  readonly discs: readonly { readonly tracks: readonly { readonly id: string; readonly title: string }[] }[];
}

/** A page in a browser that has fetched nothing yet, at the end of a line. */
const freshPage = async (browser: Browser, house: House): Promise<Page> => {
  const context: BrowserContext = await browser.newContext({ bypassCSP: true, serviceWorkers: 'block' });
  await context.addCookies([{ ...house.cookie, url: house.url }]);
  const page = await context.newPage();
  await bringEar(page);
  return page;
};

/** From here on; what was fetched before came without it. */
const lengthen = async (page: Page, rttMs: number): Promise<void> => {
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  await client.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: rttMs,
    downloadThroughput: rttMs === 0 ? -1 : DOWN_BYTES_PER_SECOND,
    uploadThroughput: rttMs === 0 ? -1 : DOWN_BYTES_PER_SECOND,
  });
};

const SHAKA = readFileSync(createRequire(import.meta.url).resolve('shaka-player'), 'utf8');
const PLAIN = `<!doctype html><title>Shaka</title><audio></audio><button>Play</button><script>${SHAKA.replaceAll('</script', '<\\/script')}</script>
<script>
const audio = document.querySelector('audio');
const player = new shaka.Player();
player.configure({ preferredAudio: [{ codec: 'opus' }] });
const attached = player.attach(audio);
document.querySelector('button').onclick = () => attached.then(() => player.load(new URLSearchParams(location.search).get('of'))).then(() => audio.play());
</script>`;

/** Shaka as anybody would take it: attached before, and at the press it loads the manifest of the track. */
const plain = async (browser: Browser, house: House, trackId: string, rttMs: number): Promise<number> => {
  const { dash } = await house.get<{ readonly dash: string }>(`/api/tracks/${trackId}/playback`);
  const page = await freshPage(browser, house);
  await page.route('**/plain-shaka*', (route) => route.fulfill({ contentType: 'text/html', body: PLAIN }));
  await page.goto(`${house.url}/plain-shaka?of=${encodeURIComponent(dash)}`);
  await lengthen(page, rttMs);
  await pause(300);
  const took = await pressToSound(page, () => page.getByRole('button').click());
  await page.context().close();
  return took;
};

/** Ours: the hand comes and presses at once, or rests on the row for a while before. */
const ours = async (
  browser: Browser,
  house: House,
  album: Album,
  title: string,
  { rttMs, restMs }: { readonly rttMs: number; readonly restMs: number },
): Promise<number> => {
  const page = await freshPage(browser, house);
  await page.goto(`${house.url}/albums/${album.id}`);
  const row = page.getByRole('main').getByRole('button', { name: title, exact: true });
  await row.waitFor();
  // Somebody is there, and elsewhere on the page.
  await page.waitForLoadState('networkidle');
  await page.mouse.move(0, 0);
  await page.mouse.move(1, 1);
  // Until the page stands still: its player and its pictures are there.
  await page.waitForLoadState('networkidle');
  await lengthen(page, rttMs);
  await pause(500);
  const box = await row.boundingBox();
  if (!box) throw new Error(`no row of ${title}`);
  const [x, y] = [box.x + 20, box.y + box.height / 2];
  if (restMs > 0) {
    await page.mouse.move(x, y);
    await pause(restMs);
  }
  const took = await pressToSound(page, () => page.mouse.click(x, y));
  await page.context().close();
  return took;
};

const figure = (
  name: string,
  mine: readonly number[],
  theirs: readonly number[],
  goal: number | null,
): Figure => {
  const [own, anchor] = [median(mine), median(theirs)];
  const ratio = own / anchor;
  return {
    ...{ name, figure: own, anchor, unit: 'ms', ratio },
    ...(goal === null ? { goal: 'none', met: true } : { goal: `at most ${goal}x`, met: ratio <= goal }),
  };
};

const house = await openHouse({ albums: 1, tracks: 4, seconds: 40 });
const browser = await launchBrowser();
try {
  const { items } = await house.get<{ readonly items: readonly { readonly id: string }[] }>('/api/albums');
  const album = await house.get<Album>(`/api/albums/${items[0]?.id}`);
  const track = album.discs[0]?.tracks[1];
  if (!track) throw new Error('no track to press');
  say('encoding');
  await plain(browser, house, track.id, 0);
  await ours(browser, house, album, track.title, { rttMs: 0, restMs: 0 });
  await pause(10_000);
  const figures: Figure[] = [];
  for (const { rttMs, goals } of LINES) {
    say(`a round trip of ${rttMs} ms`);
    const [cold, prefetched, theirs]: [number[], number[], number[]] = [[], [], []];
    for (let round = 0; round < ROUNDS; round++) {
      theirs.push(await plain(browser, house, track.id, rttMs));
      cold.push(await ours(browser, house, album, track.title, { rttMs, restMs: 0 }));
      prefetched.push(await ours(browser, house, album, track.title, { rttMs, restMs: 1200 }));
    }
    figures.push(
      figure(`prefetched, ${rttMs} ms round trip`, prefetched, theirs, goals?.prefetched ?? null),
      figure(`cold, ${rttMs} ms round trip`, cold, theirs, goals?.cold ?? null),
    );
  }
  for (const { name, figure: own, anchor, unit, ratio, goal, met } of figures)
    process.stdout.write(
      `${met ? 'met   ' : 'MISSED'} ${name}: ${own.toFixed(0)} against ${anchor.toFixed(0)} ${unit}, ${ratio.toFixed(2)}x (goal: ${goal})\n`,
    );
  if (options.json !== undefined)
    writeFileSync(options.json, `${JSON.stringify({ bench: 'click-to-sound', figures }, null, 2)}\n`);
} finally {
  await browser.close();
  await house.close();
}
process.exit(0);
