import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Page as ListPage } from '../../backend/src/common/page.js';
import { MUSIC, settleFiles, writeTrack } from '../../backend/test/support/music-folder.js';
import { MusicServer } from '../../backend/test/support/music-server.js';
import type { ToneFolder } from '../../backend/test/support/tones.js';
import { launchBrowser, openPage, type WatchedPage } from './support/browser.js';
import { DamagingLine } from './support/damaging-line.js';
import { attachEar, hearTone } from './support/ear.js';
import { sideBySide } from './support/side-by-side.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(300_000);

const ALBUM = 'Cracks';
/** The one in the middle has two whole segments and a shorter one; it is the second that is damaged. */
const TRACKS = [
  { title: 'Crack 1', frequencyHz: 330, seconds: 3 },
  { title: 'Crack 2', frequencyHz: 440, seconds: 9.5 },
  { title: 'Crack 3', frequencyHz: 550, seconds: 5 },
] as const;
const [ONE, TWO, THREE] = TRACKS;

const writeAlbum = async (tones: ToneFolder): Promise<string> => {
  for (const [at, { title, ...tone }] of TRACKS.entries()) {
    const tags = { title, album: ALBUM, artist: 'Ice', track: String(at + 1) };
    const metadata = Object.entries(tags).flatMap(([key, value]) => ['-metadata', `${key}=${value}`]);
    await writeTrack(tones, {
      name: `${at + 1}.flac`,
      tone: { ...tone, channels: 1, amplitude: 0.5, noise: 0.02 },
      args: ['-ac', '2', '-c:a', 'flac', ...metadata],
    });
  }
  await settleFiles(tones.path(MUSIC));
  return tones.path(MUSIC);
};

/** Boxes that are shorter than a box can be: refused as they are taken in. */
const noBoxes = (bytes: Buffer): Buffer => Buffer.from(bytes).fill(Buffer.from([0, 0, 0, 4]), 8);

/** Whole boxes, but no packet in them is one: taken in, and refused by the decoder. */
const noPackets = (bytes: Buffer): Buffer =>
  Buffer.from(bytes).fill(0xff, bytes.indexOf('mdat', 0, 'latin1') + 4);

/** Bytes that say of themselves that nobody has to read them: swallowed. */
const nothing = (bytes: Buffer): Buffer => {
  const free = Buffer.from(bytes);
  free.writeUInt32BE(bytes.length, 0);
  free.write('free', 4, 'latin1');
  return free;
};

/** A first box that is longer than all that follows: swallowed, and what comes after it with it. */
const endless = (bytes: Buffer): Buffer => {
  const long = Buffer.from(bytes);
  long.writeUInt32BE(0x0100_0000, 0);
  return long;
};

const UPPER = /\/(opus|aac)-(160|320)\/full\/1\.m4s$/;
const ALL = /\/full\/1\.m4s$/;

interface Case {
  readonly way: string;
  readonly codec: 'opus' | 'aac';
  readonly rungs: RegExp;
  readonly spoil: (bytes: Buffer) => Buffer;
  /** Which tracks are heard, and what the listener is told. */
  readonly heard: readonly (typeof TRACKS)[number][];
  readonly told: string | null;
}
const WHOLE = { rungs: UPPER, heard: TRACKS, told: null } as const;
const CASES: readonly Case[] = [
  { way: 'refused by the browser', codec: 'opus', spoil: noBoxes, ...WHOLE },
  { way: 'refused by the decoder', codec: 'opus', spoil: noPackets, ...WHOLE },
  { way: 'refused by the decoder', codec: 'aac', spoil: noPackets, ...WHOLE },
  { way: 'swallowed', codec: 'opus', spoil: nothing, ...WHOLE },
  { way: 'swallowed with what follows', codec: 'aac', spoil: endless, ...WHOLE },
  {
    way: 'swallowed in every rung',
    codec: 'opus',
    spoil: nothing,
    rungs: ALL,
    heard: TRACKS,
    told: '“Crack 2” is damaged: a part of it cannot be heard.',
  },
  {
    way: 'refused in every rung',
    codec: 'opus',
    spoil: noBoxes,
    rungs: ALL,
    heard: [ONE, THREE],
    told: '“Crack 2” will not open: this browser cannot decode it. Playing “Crack 3” instead.',
  },
];
const AT_ONCE = 3;

interface Outcome {
  readonly damaged: number;
  readonly told: readonly string[];
}

describe('bytes that come whole and are no sound', () => {
  let music: MusicServer;
  let browser: Browser;
  let outcomeOf: (each: Case) => Promise<Outcome>;

  beforeAll(async () => {
    [music, browser] = await Promise.all([MusicServer.start(writeAlbum), launchBrowser()]);
    await music.settled(({ files }) => files.ready === TRACKS.length);
    const { items } = await music.client.get<ListPage<{ id: string; title: string }>>('/api/tracks');
    const track = `/media/${items.find(({ title }) => title === TWO.title)?.id}/`;
    outcomeOf = sideBySide(CASES, AT_ONCE, (each) => listen(each, track));
  });
  afterAll(async () => {
    await browser.close();
    await music.remove();
  });

  const openAlbum = async ({ page }: WatchedPage, url: string, codec: string): Promise<void> => {
    const [name = '', value = ''] = (await music.anotherDevice()).session.split('=', 2);
    await page.context().addCookies([{ name, value, url }]);
    await page.addInitScript((wanted) => localStorage.setItem('kanade.codec', wanted), codec);
    await page.goto(`${url}/`);
    await page.getByRole('main').getByRole('link', { name: ALBUM }).first().click();
    await page.getByRole('heading', { level: 1, name: ALBUM }).waitFor();
    await attachEar(page);
  };

  const listen = async ({ codec, rungs, spoil, heard }: Case, track: string): Promise<Outcome> => {
    const line = await DamagingLine.to(music.url);
    line.damageOf = (path, bytes) => (path.startsWith(track) && rungs.test(path) ? spoil(bytes) : null);
    const watched = await openPage(browser);
    const { page } = watched;
    await openAlbum(watched, line.url, codec);
    await noteToasts(page);
    await page.locator('.album-head').getByRole('button', { name: 'Play', exact: true }).click();
    const bar = page.getByRole('contentinfo', { name: 'Player' });
    for (const each of heard) {
      await bar.getByText(each.title, { exact: true }).waitFor();
      await hearTone(page, each.frequencyHz);
      if (each === TWO) await hearBehindTheDamage(page, each);
    }
    const told = await page.evaluate(() => Reflect.get(window, 'kanadeToasts') as string[]);
    await watched.close();
    await line.close();
    return { damaged: line.damaged.length, told };
  };

  it.each(CASES)('$way, in $codec: what is sound is heard, in its order', async (each) => {
    const { damaged, told } = await outcomeOf(each);
    expect(damaged).toBeGreaterThanOrEqual(1);
    expect(told).toEqual(each.told === null ? [] : [each.told]);
  });
});

/** In the track itself, beyond the segment whose bytes are damaged. */
const hearBehindTheDamage = async (
  page: Page,
  { title, frequencyHz }: (typeof TRACKS)[number],
): Promise<void> => {
  await page.waitForFunction((wanted) => {
    const bar = document.querySelector('[aria-label="Player"]');
    const position = document.querySelector<HTMLInputElement>('.seek input');
    return bar?.textContent.includes(wanted) === true && Number(position?.value) > 8_300;
  }, title);
  await hearTone(page, frequencyHz);
};

/** Each that ever came up, once. */
const noteToasts = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const told: string[] = [];
    Reflect.set(window, 'kanadeToasts', told);
    new MutationObserver(() => {
      const text = document.querySelector('.toast p')?.textContent.trim() ?? '';
      if (text !== '' && told.at(-1) !== text) told.push(text);
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  });
