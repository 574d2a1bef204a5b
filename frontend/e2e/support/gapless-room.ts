import type { Browser } from 'playwright-core';
import type { Page as ListPage } from '../../../backend/src/common/page.js';
import type { QueueGrantDto } from '../../../backend/src/streaming/playback.dto.js';
import { MUSIC, settleFiles } from '../../../backend/test/support/music-folder.js';
import { MusicServer } from '../../../backend/test/support/music-server.js';
import type { ToneFolder } from '../../../backend/test/support/tones.js';
import { launchBrowser, openPage, type WatchedPage } from './browser.js';
import { startRecorder, takeRecording } from './recorder.js';

/** Much longer than any queue of these tests; only there so that a broken page fails its test. */
const PATIENCE_MS = 120_000;

/** The real server and a browser in which whole queues are recorded. */
export class GaplessRoom {
  private constructor(
    readonly music: MusicServer,
    private readonly browser: Browser,
    private readonly ids: ReadonlyMap<string, string>,
    private readonly albums: ReadonlyMap<string, string>,
  ) {}

  static async open(write: (tones: ToneFolder) => Promise<void>, trackCount: number): Promise<GaplessRoom> {
    const prepare = async (tones: ToneFolder): Promise<string> => {
      await write(tones);
      await settleFiles(tones.path(MUSIC));
      return tones.path(MUSIC);
    };
    const [music, browser] = await Promise.all([MusicServer.start(prepare), launchBrowser()]);
    await music.settled(({ files }) => files.ready === trackCount);
    const idsOf = async (list: string): Promise<ReadonlyMap<string, string>> => {
      const { items } = await music.client.get<ListPage<{ id: string; title: string }>>(`${list}?limit=500`);
      return new Map(items.map(({ id, title }) => [title, id]));
    };
    return new GaplessRoom(music, browser, await idsOf('/api/tracks'), await idsOf('/api/albums'));
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.music.remove();
  }

  /** Encoded beforehand: a wait for an encoder would be silence, too, and is another test's matter. */
  async encoded(codec: string, titles: readonly string[]): Promise<QueueGrantDto['items']> {
    const trackIds = titles.map((title) => this.ids.get(title) ?? '');
    const wanted = { trackIds, codec };
    const { items } = await this.music.client.json<QueueGrantDto>('POST', '/api/playback', wanted);
    for (const { segmentCount, rungs } of items)
      for (const { segments } of rungs)
        await this.music.bytes(segments.replace('$Number$', String(segmentCount - 1)));
    return items;
  }

  /** The page of an album, recorded from now on. */
  async listen(codec: string, album: string, recordedAtHz: number): Promise<WatchedPage> {
    const watched = await openPage(this.browser, { bypassCSP: true });
    const { page } = watched;
    const [name = '', value = ''] = this.music.client.session.split('=', 2);
    await page.context().addCookies([{ name, value, url: this.music.url }]);
    await page.addInitScript((preferred) => {
      localStorage.setItem('kanade.codec', preferred);
      localStorage.setItem('kanade.volume', '1');
    }, codec);
    await page.goto(`${this.music.url}/albums/${this.albums.get(album)}`);
    await page.getByRole('heading', { level: 1, name: album }).waitFor();
    await startRecorder(page, recordedAtHz);
    return watched;
  }
}

export const play = ({ page }: WatchedPage): Promise<void> =>
  page.locator('.album-head').getByRole('button', { name: 'Play', exact: true }).click();

/**
 * Takes a track out of the queue that plays, as soon as so much is buffered. In the page itself: on a busy machine a
 * pointer's way there and back may take longer than the track that sounds.
 */
export const takeOut = ({ page }: WatchedPage, title: string, bufferedSeconds = 0): Promise<void> =>
  page.evaluate(
    async ([label, seconds]) => {
      const audio = document.querySelector('audio');
      const button = () => document.querySelector<HTMLButtonElement>(`[aria-label="${label}"]`);
      const isBuffered = ({ buffered, currentTime }: HTMLAudioElement): boolean =>
        currentTime > 0 && buffered.length > 0 && buffered.end(buffered.length - 1) > seconds;
      while (audio === null || !isBuffered(audio) || button() === null)
        await new Promise(requestAnimationFrame);
      button()?.click();
    },
    [`Remove ${title} from the queue`, bufferedSeconds] as const,
  );

/** At the end of a queue the player rests at the beginning of its last track. */
export const hearToTheEnd = async ({ page }: WatchedPage, lastTitle: string): Promise<Float32Array> => {
  const bar = page.getByRole('contentinfo', { name: 'Player' });
  await bar.getByText(lastTitle, { exact: true }).waitFor({ timeout: PATIENCE_MS });
  const rests = () => document.querySelector('audio')?.paused === true;
  await page.waitForFunction(rests, undefined, { timeout: PATIENCE_MS });
  return takeRecording(page);
};
