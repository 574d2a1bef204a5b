import { writeFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import type { Page as ListPage } from '../../../backend/src/common/page.js';
import { MUSIC, settleFiles, writeTrack } from '../../../backend/test/support/music-folder.js';
import { MusicServer } from '../../../backend/test/support/music-server.js';
import type { ToneFolder } from '../../../backend/test/support/tones.js';
import { launchBrowser, openPage, type WatchedPage } from './browser.js';

export interface ToneTrack {
  readonly album: string;
  readonly title: string;
  readonly seconds: number;
  readonly frequencyHz: number;
  readonly amplitude: number;
  /** As an LRC file beside it. */
  readonly lyrics?: string;
}

/** The real server with albums of tones, and a browser in which one listener is signed in. */
export class SoundRoom {
  private constructor(
    readonly music: MusicServer,
    readonly browser: Browser,
    private readonly albums: ReadonlyMap<string, string>,
  ) {}

  static async open(tracks: readonly ToneTrack[]): Promise<SoundRoom> {
    const write = async (tones: ToneFolder): Promise<string> => {
      for (const [at, { album, title, seconds, frequencyHz, amplitude, lyrics }] of tracks.entries()) {
        const tags = { title, album, artist: 'Sine', track: String(at + 1) };
        await writeTrack(tones, {
          name: `${album}/${at + 1}.flac`,
          tone: { seconds, frequencyHz, channels: 1, amplitude },
          args: [
            ...['-ac', '2', '-c:a', 'flac'],
            ...Object.entries(tags).flatMap(([key, value]) => ['-metadata', `${key}=${value}`]),
          ],
        });
        if (lyrics !== undefined) await writeFile(tones.path(`${MUSIC}/${album}/${at + 1}.lrc`), lyrics);
      }
      await settleFiles(tones.path(MUSIC));
      return tones.path(MUSIC);
    };
    const [music, browser] = await Promise.all([MusicServer.start(write), launchBrowser()]);
    await music.settled(({ files }) => files.ready === tracks.length);
    const { items } =
      await music.client.get<ListPage<{ id: string; title: string }>>('/api/albums?limit=500');
    return new SoundRoom(music, browser, new Map(items.map(({ id, title }) => [title, id])));
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.music.remove();
  }

  /** A page of its own, with what the listener has set before. */
  async listener(preferences: Readonly<Record<string, string>> = {}): Promise<WatchedPage> {
    const watched = await openPage(this.browser, { bypassCSP: true });
    const { page } = watched;
    const [name = '', value = ''] = this.music.client.session.split('=', 2);
    await page.context().addCookies([{ name, value, url: this.music.url }]);
    await page.addInitScript((stored) => {
      for (const [key, kept] of Object.entries(stored))
        if (localStorage.getItem(key) === null) localStorage.setItem(key, kept);
    }, preferences);
    return watched;
  }

  async openAlbum(page: Page, album: string, query = ''): Promise<void> {
    await page.goto(`${this.music.url}/albums/${this.albums.get(album)}${query}`);
    await page.getByRole('heading', { level: 1, name: album }).waitFor();
  }
}

export const playAlbum = (page: Page): Promise<void> =>
  page.locator('.album-head').getByRole('button', { name: 'Play', exact: true }).click();

export const playerBar = (page: Page) => page.getByRole('contentinfo', { name: 'Player' });

/** To so many seconds before the end of what sounds. */
export const seekNearEnd = (page: Page, leftMs: number): Promise<void> =>
  page.getByRole('slider', { name: 'Position' }).evaluate((range, left) => {
    if (!(range instanceof HTMLInputElement)) throw new Error('the position is no range');
    range.value = String(Number(range.max) - left);
    range.dispatchEvent(new Event('input', { bubbles: true }));
    range.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
  }, leftMs);
