import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import type { Page as ListPage } from '../../backend/src/common/page.js';
import type { PlaybackGrantDto } from '../../backend/src/streaming/playback.dto.js';
import { settleFiles } from '../../backend/test/support/music-folder.js';
import { MusicServer } from '../../backend/test/support/music-server.js';
import type { ToneFolder } from '../../backend/test/support/tones.js';
import { launchBrowser } from './support/browser.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(300_000);

const writeTrack = async (tones: ToneFolder): Promise<string> => {
  await mkdir(tones.path('music'));
  await tones.wav('music/song.wav', { seconds: 2 });
  await settleFiles(tones.path('music'));
  return tones.path('music');
};

/** What a page gets of an address: by an element, by a script that may read, and by one that may not. */
const triedOn = async (browser: Browser, site: string, url: string): Promise<Record<string, string>> => {
  const page = await browser.newPage();
  try {
    await page.goto(site);
    return await page.evaluate(async (address) => {
      const audio = new Audio();
      const element = new Promise<string>((resolve) => {
        audio.oncanplay = () => resolve('plays');
        audio.onerror = () => resolve('refused');
      });
      audio.src = address;
      audio.load();
      const fetched = (mode: RequestMode): Promise<string> =>
        fetch(address, { mode }).then(
          () => 'answered',
          () => 'refused',
        );
      return { element: await element, script: await fetched('cors'), blind: await fetched('no-cors') };
    }, url);
  } finally {
    await page.close();
  }
};

describe('a signed address on the page of another site', () => {
  let music: MusicServer;
  let browser: Browser;
  let elsewhere: Server;
  beforeAll(async () => {
    [music, browser] = await Promise.all([MusicServer.start(writeTrack), launchBrowser()]);
    await music.settled(({ files }) => files.ready === 1);
    elsewhere = createServer((_request, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Free music'),
    );
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  });
  afterAll(async () => {
    elsewhere.closeAllConnections();
    elsewhere.close();
    await browser.close();
    await music.remove();
  });

  it('gives nothing: neither to an element nor to a script; on our own it plays', async () => {
    const { items } = await music.client.get<ListPage<{ id: string }>>('/api/tracks');
    const { original } = await music.client.get<PlaybackGrantDto>(`/api/tracks/${items[0]?.id}/playback`);
    const url = new URL(original, music.url).href;
    const { port } = elsewhere.address() as AddressInfo; // A listening TCP server has one.
    const refused = { element: 'refused', script: 'refused', blind: 'refused' };
    expect(await triedOn(browser, `http://127.0.0.1:${port}/`, url)).toEqual(refused);
    const own = await triedOn(browser, music.url, url);
    expect(own).toEqual({ element: 'plays', script: 'answered', blind: 'answered' });
  });
});
