import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Page } from 'playwright-core';
import { eventually } from '../../backend/test/support/client.js';
import { breaksOf } from './support/compare-sound.js';
import { recordedRateHz, recordOutput, startRecorder, takeRecording } from './support/recorder.js';
import { playAlbum, playerBar, seekNearEnd, SoundRoom } from './support/sound-room.js';
import { toneLevels } from './support/tone-levels.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(300_000);
/** Sound is made in real time, and a machine with too much else to do leaves out some of it. */
jest.retryTimes(2, { logErrorsBeforeRetry: true });

const LYRICS = '[00:00.10]First line\n[00:04.00]<00:04.00>Second <00:05.00>line\n[00:12.00]Third line\n';
const LOUD = { album: 'Both', title: 'Loud', seconds: 16, frequencyHz: 450, amplitude: 0.5, lyrics: LYRICS };
const SOFT = { album: 'Both', title: 'Soft', seconds: 14, frequencyHz: 900, amplitude: 0.05 };
const OTHER = { album: 'Other', title: 'Elsewhere', seconds: 16, frequencyHz: 1350, amplitude: 0.4 };

describe('what is done to the sound', () => {
  let room: SoundRoom;

  beforeAll(async () => {
    room = await SoundRoom.open([LOUD, SOFT, OTHER]);
  });
  afterAll(() => room.close());

  const listen = async (settings: Readonly<Record<string, unknown>>) => {
    const watched = await room.listener({
      'kanade.sound': JSON.stringify(settings),
      'kanade.volume': '1',
      'kanade.codec': 'flac',
    });
    await recordOutput(watched.page);
    return watched;
  };
  const told = async (page: Page): Promise<number> =>
    (await page.waitForResponse(/\/api\/playback\/experience$/)).status();
  const counted = async (): Promise<string> =>
    (await room.music.client.request('GET', '/api/metrics')).text();
  /** What is heard of the join: from a few seconds before it until some of what follows was played. */
  const hearJoin = async (page: Page, leftMs: number, title: string, untilSeconds: number) => {
    await seekNearEnd(page, leftMs);
    await page.waitForFunction(() => document.querySelector('audio')?.seeking === false);
    await takeRecording(page);
    await playerBar(page).getByText(title, { exact: true }).waitFor();
    const position = page.getByRole('slider', { name: 'Position' });
    await eventually(
      async () => Number(await position.inputValue()),
      (ms) => ms > untilSeconds * 1000,
    );
    return takeRecording(page);
  };

  it('brings a loud and a soft track of an album to one loudness, within 50 ms of their join', async () => {
    // An overlap is wanted too, and never heard inside an album.
    const { page, complaints, close } = await listen({ loudness: 'track', crossfadeSeconds: 4 });
    await room.openAlbum(page, 'Both');
    await playAlbum(page);
    const heard = await hearJoin(page, 5000, 'Soft', 3);
    const rateHz = await recordedRateHz(page);
    const windows = toneLevels(heard, rateHz, [LOUD.frequencyHz, SOFT.frequencyHz], 0.02);
    const join = windows.findIndex(({ levels: [loud = 0, soft = 0] }) => soft > loud);
    const before = windows.slice(Math.max(0, join - 60), join - 3).map(({ levels: [level = 0] }) => level);
    const after = windows.slice(join + 3, join + 60).map(({ levels: [, level = 0] }) => level);
    expect([before.length, after.length].every((count) => count > 40)).toBe(true);
    const spread = Math.max(...before, ...after) - Math.min(...before, ...after);
    // 20 dB as recorded.
    expect(spread).toBeLessThan(1);
    expect(await page.evaluate(() => document.querySelectorAll('audio').length)).toBe(1);
    expect(complaints).toEqual([]);
    await close();
  });

  it('lets two tracks overlap as long as the listener wants, and leaves no element behind', async () => {
    const { page, complaints, close } = await listen({ crossfadeSeconds: 4 });
    await room.openAlbum(page, 'Both');
    await playAlbum(page);
    await page.getByRole('link', { name: 'Home' }).first().click();
    await page.getByRole('main').getByRole('link', { name: 'Other' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Other' }).waitFor();
    await page.locator('.album-head').getByRole('button', { name: 'Add to queue' }).click();
    await playerBar(page).getByRole('button', { name: 'Next track' }).click();
    await playerBar(page).getByText('Soft', { exact: true }).waitFor();
    const heard = await hearJoin(page, 9000, 'Elsewhere', 6);
    const rateHz = await recordedRateHz(page);
    const windows = toneLevels(heard, rateHz, [SOFT.frequencyHz, OTHER.frequencyHz], 0.05);
    const together = windows.filter(({ levels }) => levels.every((level) => level > -45));
    expect(together.length * 0.05).toBeGreaterThan(2);
    expect(together.length * 0.05).toBeLessThan(4.5);
    // Nothing is left out between the two.
    const from = windows.findIndex(({ levels: [soft = -120] }) => soft > -40);
    const silent = windows.slice(from).filter(({ levels }) => levels.every((level) => level < -45));
    expect(silent.length).toBeLessThanOrEqual(1);
    await page.waitForFunction(() => document.querySelectorAll('audio').length === 1);
    expect(complaints).toEqual([]);
    await close();
  });

  it('plays as fast as the listener wants, also after a load and a reload', async () => {
    const { page, close } = await listen({});
    await room.openAlbum(page, 'Both');
    await playAlbum(page);
    await playerBar(page)
      .getByRole('button', { name: /^Sound/ })
      .click();
    await page.getByLabel('Speed').selectOption('1.5');
    const isFast = () => {
      const audio = document.querySelector('audio');
      return audio?.playbackRate === 1.5 && audio.preservesPitch && audio.currentTime > 0;
    };
    await page.waitForFunction(isFast);
    await room.openAlbum(page, 'Other');
    await playAlbum(page);
    await page.waitForFunction(isFast);
    await close();
  });

  it('sings along on the full screen, and from the line that is pressed', async () => {
    const { page, complaints, close } = await listen({ visualiser: true });
    await room.openAlbum(page, 'Both');
    await playAlbum(page);
    await playerBar(page).getByText('Loud', { exact: true }).waitFor();
    await playerBar(page).getByRole('button', { name: 'Full screen and lyrics' }).click();
    const screen = page.getByRole('dialog', { name: 'Loud' });
    const sung = screen.locator('[aria-current="true"]');
    await sung.getByText('First line').waitFor();
    await screen.getByRole('button', { name: 'Second line' }).click();
    await sung.getByText('Second').waitFor();
    await page.waitForFunction(() => document.querySelectorAll('[data-sung]').length === 2);
    await screen.getByRole('button', { name: 'Lyrics', exact: true }).click();
    const drawn = () => {
      const canvas = document.querySelector('canvas');
      const pixels = canvas?.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
      return canvas !== null && canvas.height > 10 && pixels.some((value) => value > 0);
    };
    await page.waitForFunction(drawn);
    await page.keyboard.press('Escape');
    await screen.waitFor({ state: 'detached' });
    expect(complaints).toEqual([]);
    await close();
  });

  it('falls asleep after the track that sounds', async () => {
    const { page, close } = await listen({});
    await room.openAlbum(page, 'Both');
    await playAlbum(page);
    await playerBar(page)
      .getByRole('button', { name: /^Sound/ })
      .click();
    await page.getByLabel('Sleep timer').selectOption('track');
    await seekNearEnd(page, 3000);
    await page.waitForFunction(() => (document.querySelector('audio')?.volume ?? 1) < 0.5);
    await playerBar(page).getByText('Soft', { exact: true }).waitFor();
    await playerBar(page).getByRole('button', { name: 'Play', exact: true }).waitFor();
    await page.waitForFunction(() => {
      const audio = document.querySelector('audio');
      return audio?.paused === true && audio.volume === 1;
    });
    await close();
  });

  it('goes from track to track also without Media Source, with a gap that is short', async () => {
    const { page, media, close } = await listen({});
    await room.openAlbum(page, 'Both', '?engine=fallback');
    await startRecorder(page, 44_100);
    await playAlbum(page);
    await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 0.5);
    const heard = await hearJoin(page, 5000, 'Soft', 2);
    const gapSeconds = breaksOf(heard).silence / 44_100;
    console.info(`without Media Source: ${Math.round(gapSeconds * 1000)} ms of silence between two tracks`);
    expect(gapSeconds).toBeLessThan(1);
    expect(new Set(media.map((path) => path.split('/').at(-1)))).toEqual(new Set(['original']));
    await close();
  });

  it('passes over what is broken once, tells of it, and never goes round', async () => {
    const { page, close } = await listen({});
    await page.route(/\/media\/[^/]+\/[^/]+\//, (route) => route.fulfill({ status: 404 }));
    const loads: string[] = [];
    page.on('request', (request) => {
      const [, track] = /\/media\/([0-9a-f-]{36})\/.*init\.mp4/.exec(request.url()) ?? [];
      if (track !== undefined && loads.at(-1) !== track) loads.push(track);
    });
    await room.openAlbum(page, 'Both');
    await playerBar(page).getByRole('button', { name: 'Repeat: off' }).click();
    await playAlbum(page);
    await page
      .getByRole('alert')
      .or(page.locator('.toast'))
      .getByText(/“Soft” will not open/)
      .waitFor();
    await playerBar(page).getByRole('button', { name: 'Play', exact: true }).waitFor();
    expect(loads.length).toBe(2);
    // It is told in batches, some seconds later.
    expect(await told(page)).toBe(204);
    expect(await counted()).toMatch(/^kanade_playback_failures_total\{kind="missing"\} \d/m);
    await close();
  });

  it('is told to the server’s metrics as what was heard of the delivery', async () => {
    const { page, close } = await listen({});
    await room.openAlbum(page, 'Other');
    await playAlbum(page);
    await page.waitForFunction(() => (document.querySelector('audio')?.currentTime ?? 0) > 0.5);
    await playerBar(page).getByRole('button', { name: 'Pause', exact: true }).click();
    expect(await told(page)).toBe(204);
    const counters = await counted();
    expect(counters).toMatch(/^kanade_playback_start_seconds_count\{codec="flac",kbps="0"\} \d/m);
    expect(counters).toMatch(/^kanade_playback_heard_seconds_total\{codec="flac",kbps="0"\} \d/m);
    await close();
  });
});
