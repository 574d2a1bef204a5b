import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page as ListPage } from '../../backend/src/common/page.js';
import type { WatchedPage } from './support/browser.js';
import { SoundRoom } from './support/sound-room.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(300_000);

const TONE = { album: 'Near', seconds: 20, amplitude: 0.3 };

describe('what is likely to be wanted next', () => {
  let room: SoundRoom;
  let watched: WatchedPage;
  const asked: string[] = [];

  beforeAll(async () => {
    room = await SoundRoom.open([
      { ...TONE, title: 'One', frequencyHz: 440 },
      { ...TONE, title: 'Two', frequencyHz: 660 },
    ]);
    watched = await room.listener();
    watched.page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  });
  afterAll(() => room.close());

  const row = (title: string) =>
    watched.page.getByRole('main').getByRole('button', { name: title, exact: true });
  /** What came over the line each time that an address was asked for. */
  const fetchedBytes = (address: string): Promise<readonly number[]> =>
    watched.page.evaluate(
      (name) =>
        performance
          .getEntriesByName(name)
          .map((entry) => (entry instanceof PerformanceResourceTiming ? entry.transferSize : NaN)),
      address,
    );

  it('brings the data of a page while the hand rests on its link', async () => {
    const { page } = watched;
    await page.goto(room.music.url);
    const link = page.getByRole('main').getByRole('link', { name: 'Near' }).first();
    await link.waitFor();
    const data = page.waitForRequest(/\/api\/albums\/[0-9a-f-]+$/);
    await link.hover();
    await data;
    asked.length = 0;
    await link.click();
    await row('Two').waitFor();
    expect(asked.filter((path) => path.startsWith('/api/albums/'))).toEqual([]);
  });

  it('has the first sound of a row at hand before it is pressed, and asks for nothing twice', async () => {
    const { page } = watched;
    const { items } = await room.music.client.get<ListPage<{ id: string; title: string }>>('/api/tracks');
    const two = items.find(({ title }) => title === 'Two')?.id ?? '';
    const answered = page.waitForResponse(
      (answer) => answer.url().includes(`/media/${two}/`) && answer.url().includes('/0.m4s'),
    );
    await row('Two').hover();
    const segment = await answered;
    await segment.finished();
    const grants = asked.filter((path) => path === '/api/playback').length;
    await row('Two').click();
    await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 0.1);
    expect(asked.filter((path) => path === '/api/playback')).toHaveLength(grants);
    const fetched = await fetchedBytes(segment.url());
    expect(fetched).toHaveLength(1);
    expect(fetched[0]).toBeGreaterThan(0);
  });
});
