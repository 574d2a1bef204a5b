import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import type { Page as ListPage } from '../../backend/src/common/page.js';
import type { QueueGrantDto } from '../../backend/src/streaming/playback.dto.js';
import { eventually } from '../../backend/test/support/client.js';
import { MUSIC, settleFiles } from '../../backend/test/support/music-folder.js';
import { MusicServer } from '../../backend/test/support/music-server.js';
import { freePort } from '../../backend/test/support/server.js';
import { launchBrowser, openPage, type WatchedPage } from './support/browser.js';
import { difference, withoutSilentEnds } from './support/compare-sound.js';
import { CD, writeCutAlbum } from './support/cut-album.js';
import { expectedSound } from './support/expected-sound.js';
import { hearToTheEnd, play } from './support/gapless-room.js';
import { startRecorder } from './support/recorder.js';
import { keptParts, offlineDatabases } from './support/kept-parts.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(300_000);

const ALBUM = 'Moods';
const SINE = '0.3*sin(2*PI*440.5*t)';
const TRACKS = [
  { ...CD, title: 'Alpha', samples: 264_637, sound: `${SINE}+0.2*(random(0)-0.5)` },
  { ...CD, title: 'Beta', samples: 105_500, sound: `0.1*${SINE}` },
  { ...CD, title: 'Gamma', samples: 123_457, sound: `${SINE}+0.1*sin(2*PI*3301*t)` },
] as const;
const OPUS_HZ = 48_000;
/** Decoders agree but for the last bit of sixteen. */
const OFF = 0.0001;
/** A busy machine may have no time for the sound: then it is listened to once more. */
const TRIES = 3;

describe('music without a network', () => {
  let music: MusicServer;
  let browser: Browser;
  let watched: WatchedPage;
  let page: Page;
  let albumId: string;
  let items: QueueGrantDto['items'];

  const titles = async (path: string) =>
    (await music.client.get<ListPage<{ id: string; title: string }>>(path)).items;
  const signIn = async (): Promise<void> => {
    const [name = '', value = ''] = music.client.session.split('=', 2);
    await page.context().addCookies([{ name, value, url: music.url }]);
  };
  const openAlbum = async (): Promise<void> => {
    await page.goto(`${music.url}/albums/${albumId}`);
    await page.getByRole('heading', { level: 1, name: ALBUM }).waitFor();
  };

  beforeAll(async () => {
    const write = async (tones: Parameters<typeof writeCutAlbum>[0]): Promise<string> => {
      await writeCutAlbum(tones, ALBUM, TRACKS);
      await settleFiles(tones.path(MUSIC));
      return tones.path(MUSIC);
    };
    // The page comes back to the same place.
    const port = await freePort();
    [music, browser] = await Promise.all([MusicServer.start(write, { port }), launchBrowser()]);
    await music.settled(({ files }) => files.ready === TRACKS.length);
    const tracks = await titles('/api/tracks');
    albumId = (await titles('/api/albums'))[0]?.id ?? '';
    const trackIds = TRACKS.map(({ title }) => tracks.find((each) => each.title === title)?.id ?? '');
    const grant = { trackIds, codec: 'opus' };
    ({ items } = await music.client.json<QueueGrantDto>('POST', '/api/playback', grant));
    watched = await openPage(browser, { serviceWorkers: 'allow', bypassCSP: true });
    ({ page } = watched);
    await page.addInitScript(() => localStorage.setItem('kanade.volume', '1'));
    await signIn();
    await openAlbum();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  });
  afterAll(async () => {
    await browser.close();
    await music.remove();
  });

  it('is downloaded part by part, and after a page that died what is there is not fetched again', async () => {
    const held = `**/media/${items[1]?.trackId}/**/full/0.m4s*`;
    let isHeld = false;
    await page.route(held, () => void (isHeld = true));
    await page.getByRole('button', { name: `Download ${ALBUM}` }).click();
    await page.getByRole('link', { name: `${ALBUM}: 1 of 3 downloaded` }).waitFor();
    await eventually(() => Promise.resolve(isHeld), Boolean);
    await page.unroute(held);
    await page.reload();
    await page.getByRole('link', { name: `${ALBUM} is downloaded` }).waitFor();
    const fetched = watched.media.filter((path) => path.includes('/opus-160/'));
    const twice = fetched.filter((path, at) => fetched.indexOf(path) !== at);
    // The part that was held; and the beginning of the first one, where a hand on the album had it fetched ahead.
    const mayComeTwice = (path: string): boolean =>
      /\/(init\.mp4|full\/0\.m4s)$/.test(path) && !path.includes(`/${items[2]?.trackId}/`);
    expect(twice.filter((path) => !mayComeTwice(path))).toEqual([]);
    expect(new Set(fetched).size).toBe(items.reduce((sum, { segmentCount }) => sum + segmentCount + 1, 0));
  });

  it('is kept as bytes that only this browser can read, with a key that nobody can take along', async () => {
    const { parts, canExport } = await keptParts(page);
    expect(canExport).toBe(false);
    const fetched = items.flatMap(({ rungs }) => rungs.filter(({ bitrateKbps }) => bitrateKbps === 160));
    const plain = await Promise.all(fetched.map(({ init }) => music.bytes(init)));
    expect(parts.length).toBeGreaterThan(TRACKS.length);
    for (const part of parts) {
      const bytes = Buffer.from(part, 'base64');
      expect(['ftyp', 'moof', 'mdat', 'Opus'].filter((box) => bytes.includes(box))).toEqual([]);
      expect(plain.some((each) => bytes.includes(each.subarray(0, 32)))).toBe(false);
    }
  });

  it('plays with the server stopped, in a page that was begun without it, and without a gap', async () => {
    const expected = withoutSilentEnds(await expectedSound(music, 'opus', items, watched.media));
    await music.stop();
    const before = watched.media.length;
    await openAlbum();
    await page.getByText('You are offline. 3 downloaded tracks still play.').waitFor();
    await startRecorder(page, OPUS_HZ);
    const hear = async (tries: number): Promise<ReturnType<typeof difference>> => {
      await play(watched);
      const faults = difference(await hearToTheEnd(watched, 'Gamma'), expected);
      return (faults.samples === 0 && faults.most < OFF) || tries === 1 ? faults : hear(tries - 1);
    };
    const { samples, most } = await hear(TRIES);
    expect({ samples, isAlike: most < OFF }).toEqual({ samples: 0, isAlike: true });
    expect(watched.media.length).toBe(before);
  });

  it('is told to the server as soon as there is one again', async () => {
    const history = () =>
      music.client.get<{ items: readonly { track: { title: string } }[] }>('/api/me/history');
    await music.restart();
    const told = await eventually(history, ({ items: heard }) => heard.length >= TRACKS.length);
    expect(new Set(told.items.map(({ track }) => track.title))).toEqual(
      new Set(TRACKS.map(({ title }) => title)),
    );
    await page.getByText('You are offline.', { exact: false }).waitFor({ state: 'hidden' });
  });

  it('plays from where it is kept also with a network', async () => {
    await openAlbum();
    const before = watched.media.length;
    await play(watched);
    await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 1);
    expect(watched.media.length).toBe(before);
  });

  it('leaves at the listener’s word, and with who signs out or is signed out', async () => {
    await page.goto(`${music.url}/downloads`);
    await page.getByRole('button', { name: `Remove the download of ${ALBUM}` }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByText('Nothing on this shelf yet').waitFor();
    expect((await keptParts(page)).parts).toEqual([]);

    await openAlbum();
    const { title } = TRACKS[0];
    const choose = async (name: string): Promise<void> => {
      await page.getByRole('button', { name: title, exact: true }).click({ button: 'right' });
      await page.getByRole('menuitem', { name }).click();
    };
    await choose('Keep offline');
    await page.getByText(`“${title}” is downloaded`).waitFor();
    await choose('Remove the download');
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: 'Downloads', exact: true }).click();
    const kept = page.getByRole('list', { name: 'Downloads' }).getByRole('listitem');
    await kept.getByText(/^Track · /).waitFor();
    await kept.getByRole('button', { name: `Remove the download of ${title}` }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByText('Nothing on this shelf yet').waitFor();
    for (const leave of [
      async () => {
        await page.getByRole('button', { name: /^Account/ }).click();
        await page.getByRole('menuitem', { name: 'Sign out' }).click();
        await page.waitForURL('**/signin');
      },
      async () => {
        await music.client.request('DELETE', '/api/session');
        await page.reload();
        await page.waitForURL('**/signin**');
      },
    ]) {
      await music.client.signIn();
      await signIn();
      await openAlbum();
      await page.getByRole('button', { name: `Download ${ALBUM}` }).click();
      await page.getByRole('link', { name: `${ALBUM} is downloaded` }).waitFor();
      await leave();
      await eventually(
        () => offlineDatabases(page),
        (names) => names.length === 0,
      );
    }
  });
});
