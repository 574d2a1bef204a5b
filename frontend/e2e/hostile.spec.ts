import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { writeFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { MUSIC, settleFiles, writeTrack } from '../../backend/test/support/music-folder.js';
import { MusicServer } from '../../backend/test/support/music-server.js';
import type { ToneFolder } from '../../backend/test/support/tones.js';
import { launchBrowser, openPage } from './support/browser.js';
import { furnish, stands, type Addresses } from './support/furnished-house.js';
import { hearUntil } from './support/playing.js';

/** Only there so that a broken page fails its test: a busy machine takes its time. */
jest.setTimeout(300_000);

/** What would run if any page took a name for anything but text. */
const HIT = 'window.kanadeHit=1';
const IMAGE = `<img src="https://evil.invalid/x.png" onerror="${HIT}">`;
const SCRIPT = `</title></script><script src="https://evil.invalid/x.js"></script><script>${HIT}</script>`;
const LINK = `javascript:${HIT}//"><svg onload="${HIT}">`;
const TURNED = '\u202Egnp.exe\u202C 👩‍👩‍👧‍👦🎷 \u2066נגד\u2069';
const LONG = `${'Æ'.repeat(9_990)} the end`;

const TITLES = [IMAGE, SCRIPT, LINK, TURNED, LONG];
const ALBUM = `<a href="javascript:${HIT}">record</a>`;
const ARTIST = `"><iframe src="https://evil.invalid/"></iframe>`;
const GENRE = `<style>@import 'https://evil.invalid/x.css';</style>\${${HIT}}`;
const LYRICS = `[00:00.00]${IMAGE}\n[00:01.00]<details open ontoggle="${HIT}">`;
const DRAWN = `<svg xmlns="http://www.w3.org/2000/svg" onload="${HIT}" width="9" height="9"><script>${HIT}</script><image href="https://evil.invalid/x.png"/></svg>`;

const writeHostileAlbum = async (tones: ToneFolder): Promise<string> => {
  for (const [at, title] of TITLES.entries())
    await writeTrack(tones, {
      name: `Hostile/0${at + 1}.flac`,
      tone: { seconds: 4, frequencyHz: 300 + 50 * at, noise: 0.02 },
      args: Object.entries({
        title,
        album: ALBUM,
        artist: ARTIST,
        genre: GENRE,
        lyrics: LYRICS,
        track: `${at + 1}`,
      })
        .flatMap(([key, value]) => ['-metadata', `${key}=${value}`])
        .concat('-c:a', 'flac'),
    });
  await writeFile(tones.path(`${MUSIC}/Hostile/cover.svg`), DRAWN);
  await writeFile(tones.path(`${MUSIC}/Hostile/cover.jpg`), DRAWN);
  await settleFiles(tones.path(MUSIC));
  return tones.path(MUSIC);
};

describe('a hostile album', () => {
  let music: MusicServer;
  let browser: Browser;
  let addresses: Addresses;

  beforeAll(async () => {
    [music, browser] = await Promise.all([MusicServer.start(writeHostileAlbum), launchBrowser()]);
    await music.settled(({ files }) => files.ready === TITLES.length);
    addresses = await furnish(music);
    const { client } = music;
    const person = { username: `${IMAGE.slice(0, 60)}>`, password: 'correct horse', role: 'listener' };
    await client.json('POST', '/api/users', person);
    await client.json('POST', '/api/playlists', { title: IMAGE, description: SCRIPT });
    await client.json('POST', '/api/me/keys', { name: LINK, scopes: ['read'] });
  });
  afterAll(async () => {
    await browser.close();
    await music.remove();
  });

  it('stands as text on every page, and asks nothing of any other host', async () => {
    const { page, complaints, close } = await openPage(browser, { viewport: { width: 390, height: 844 } });
    const [name = '', value = ''] = music.client.session.split('=', 2);
    await page.context().addCookies([{ name, value, url: music.url }]);
    const asked = new Set<string>();
    await page.route('**/*', async (route) => {
      const { protocol, host } = new URL(route.request().url());
      if (/^https?:$/.test(protocol)) asked.add(host);
      await route.continue();
    });
    const wrong: string[] = [];
    const look = async (where: string): Promise<void> => {
      const faults = await page.evaluate(() => [
        ...('kanadeHit' in window ? ['something ran'] : []),
        ...[
          ...document.querySelectorAll('iframe, [onerror], [onload], [ontoggle], [href^="javascript:" i]'),
        ].map((element) => `no text: ${element.outerHTML.slice(0, 100)}`),
        ...(document.documentElement.scrollWidth > innerWidth ? ['stands beyond the edge'] : []),
      ]);
      wrong.push(...faults.map((fault) => `${where}: ${fault}`));
    };
    const searches = [IMAGE, SCRIPT, LINK].map((q) => `/search?q=${encodeURIComponent(q)}`);
    for (const address of [...Object.values(addresses), ...searches]) {
      await page.goto('about:blank');
      await page.goto(`${music.url}${address}`);
      await stands(page);
      await look(address);
    }

    await page.goto(`${music.url}${addresses.album ?? ''}`);
    const main = page.getByRole('main');
    expect(await main.getByRole('heading', { level: 1 }).innerText()).toBe(ALBUM);
    for (const title of [IMAGE, LINK]) await main.getByText(title, { exact: true }).first().waitFor();
    await main.getByText(ARTIST, { exact: true }).first().waitFor();
    await main.getByRole('button', { name: 'Play', exact: true }).click();
    await hearUntil(page, 1);
    await page.getByRole('region', { name: 'Player' }).getByText(IMAGE, { exact: true }).waitFor();
    await look('while it plays');
    await page.getByRole('button', { name: 'Queue', exact: true }).click();
    await page
      .getByRole('complementary', { name: 'Queue' })
      .getByText(LINK, { exact: true })
      .first()
      .waitFor();
    await look('in the queue');

    expect(wrong).toEqual([]);
    expect([...asked]).toEqual([new URL(music.url).host]);
    expect(complaints.filter((complaint) => !complaint.includes('404'))).toEqual([]);
    await close();
  });
});
