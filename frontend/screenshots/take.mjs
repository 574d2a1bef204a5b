/* global document -- what is given to the page runs there */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import sharp from 'sharp';
import { furnish, signIn, startHouse, untilHeard } from './house.mjs';
import { writeMusic } from './music.mjs';

/**
 * Every page in both themes, both languages and three widths, from a real server with music made here. The folder is
 * written anew; `--only NAME` takes one page.
 */
const OUT = join(import.meta.dirname, '../../docs/screenshots');
const LANGUAGES = { en: 'en-GB', ja: 'ja-JP' };
const THEMES = ['dark', 'light'];
const SIZES = [
  { width: 390, height: 844 },
  { width: 834, height: 1112 },
  { width: 1440, height: 900 },
];
const QUALITY = 74;
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;

const ARGUMENTS = [
  '--no-sandbox',
  '--headless=new',
  '--disable-gpu',
  '--autoplay-policy=no-user-gesture-required',
];

/** Words, answers and pictures are there, and the queue where it is shown. */
const stands = async (page) => {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => {
    const side = document.querySelector('.side');
    return (
      !document.querySelector('html[data-words], [aria-busy="true"], .bone') &&
      document.querySelector('h1, h2') &&
      (!side?.checkVisibility({ visibilityProperty: true }) || side.textContent.length > 20) &&
      [...document.images].every((image) => image.complete || image.loading === 'lazy')
    );
  });
};

const shoot = async (page, language, name) => {
  for (const size of SIZES)
    for (const theme of THEMES) {
      await page.setViewportSize(size);
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
      // Pages without a menu do not follow the system while they stand.
      await page.evaluate((chosen) => void (document.documentElement.dataset.theme = chosen), theme);
      await stands(page);
      await page.evaluate(async () => void (await document.fonts.ready));
      const picture = await sharp(await page.screenshot())
        .webp({ quality: QUALITY })
        .toBuffer();
      await writeFile(join(OUT, `${name}-${language}-${theme}-${size.width}.webp`), picture);
    }
  console.log(`${name} (${language})`);
};

const visit = async (browser, url, language, cookie, pages) => {
  const context = await browser.newContext({
    locale: LANGUAGES[language],
    serviceWorkers: 'block',
    viewport: SIZES[2],
  });
  if (cookie) {
    const [name, value] = cookie.split('=', 2);
    await context.addCookies([{ name, value, url }]);
  }
  const page = await context.newPage();
  for (const [name, address] of Object.entries(pages)) {
    if (only !== undefined && only !== name) continue;
    await page.goto('about:blank');
    await page.setViewportSize(SIZES[2]);
    await page.goto(url + address);
    await shoot(page, language, name);
  }
  await context.close();
};

const folder = await mkdtemp(join(tmpdir(), 'kanade-screenshots-'));
let house;
let browser;
try {
  const count = await writeMusic(join(folder, 'music'));
  house = await startHouse(join(folder, 'music'), join(folder, 'data'));
  const { call, cookie } = await signIn(house.url);
  await untilHeard(call, count);
  const { pages, outside } = await furnish(call);
  if (only === undefined) await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT, { recursive: true });
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ARGUMENTS,
  });
  for (const language of Object.keys(LANGUAGES)) {
    await visit(browser, house.url, language, cookie, pages);
    await visit(browser, house.url, language, undefined, outside);
  }
} finally {
  await browser?.close();
  await house?.stop();
  await rm(folder, { recursive: true, force: true });
}
