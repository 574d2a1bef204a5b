import type { BrowserContext, Page } from 'playwright-core';
import type { Figure } from '../report/figure.ts';
import { median } from '../scan/cpu.ts';
import type { House } from './house.ts';

const FRAMES = 180;
const ROUNDS = 3;
/** As fast as a thumb on a phone: about 35 rows a second. */
const STEP_PX = 35;

/** Milliseconds between frames while the list is scrolled through, or while nothing moves. @returns their 95th percentile */
const slowFrameMs = (page: Page, selector: string, stepPx: number): Promise<number> =>
  page.evaluate(
    async ({ frames, at, step }) => {
      const list = document.querySelector(at);
      if (list === null) throw new Error(`no ${at} on the page`);
      const gaps: number[] = [];
      await new Promise<void>((resolve) => {
        let last = performance.now();
        const frame = (now: number): void => {
          gaps.push(now - last);
          last = now;
          list.scrollTop += step;
          if (gaps.length < frames) requestAnimationFrame(frame);
          else resolve();
        };
        requestAnimationFrame(frame);
      });
      const sorted = gaps.slice(10).sort((a, b) => a - b);
      return sorted[Math.floor(sorted.length * 0.95)] ?? NaN;
    },
    { frames: FRAMES, at: selector, step: stepPx },
  );

/** A queue of so many rows, scrolled by turns with a page that stands still. */
export const framesOfScrolling = async (
  browser: BrowserContext,
  house: House,
  rows: number,
): Promise<Figure> => {
  const { items } = await house.get<{ readonly items: readonly { readonly id: string }[] }>(
    '/api/tracks?limit=96',
  );
  const trackIds = Array.from({ length: rows }, (_, at) => items[at % items.length]?.id ?? '');
  const { revision } = await house.get<{ readonly revision: number }>('/api/me/queue');
  const queue = {
    revision,
    trackIds,
    shuffleOrder: null,
    index: 0,
    positionMs: 0,
    repeat: 'off',
    source: null,
  };
  await house.put('/api/me/queue', { ...queue, device: 'bench' });
  await browser.addCookies([{ ...house.cookie, url: house.url }]);
  const page = await browser.newPage();
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(house.url);
  await page.waitForFunction(
    (wanted) => (document.querySelector('.queue')?.scrollHeight ?? 0) > wanted * 20,
    rows,
  );
  const [moving, still]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    still.push(await slowFrameMs(page, '.queue', 0));
    moving.push(await slowFrameMs(page, '.queue', STEP_PX));
  }
  await page.close();
  const [figure, anchor] = [median(moving), median(still)];
  return {
    name: `a queue of ${rows} rows scrolled, 95 of 100 frames within`,
    ...{ figure, anchor, unit: 'ms', ratio: figure / anchor, goal: 'at most 1.5x a page that stands still' },
    met: figure <= 1.5 * anchor,
    note: `${anchor.toFixed(1)} ms where nothing moves`,
  };
};
