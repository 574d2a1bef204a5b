import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { WatchedPage } from './support/browser.js';
import { positionOf, stallsOf, watchStalls } from './support/playing.js';
import { playAlbum, playerBar, seekNearEnd, SoundRoom } from './support/sound-room.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(300_000);

const TONE = { album: 'Rungs', seconds: 60, amplitude: 0.3 };

describe('the quality that a listener chooses', () => {
  let room: SoundRoom;
  let watched: WatchedPage;

  beforeAll(async () => {
    room = await SoundRoom.open([
      { ...TONE, title: 'One', frequencyHz: 440 },
      { ...TONE, title: 'Two', frequencyHz: 660 },
    ]);
    watched = await room.listener();
  });
  afterAll(() => room.close());

  const heard = (label: string) => playerBar(watched.page).getByText(label, { exact: true }).waitFor();
  const choose = (quality: string) => watched.page.getByLabel('While playing').selectOption(quality);

  it('is heard within seconds, and the sound never stops for it', async () => {
    const { page, media } = watched;
    await room.openAlbum(page, 'Rungs');
    await playAlbum(page);
    await watchStalls(page);
    await heard('Opus 320');
    await page.getByRole('button', { name: 'Sound: Opus 320' }).click();
    const chosenAt = await positionOf(page);
    await choose('low');
    await heard('Opus 96');
    expect((await positionOf(page)) - chosenAt).toBeLessThan(15);
    await choose('normal');
    await heard('Opus 160');
    expect(await stallsOf(page)).toEqual([]);
    expect(media.some((path) => path.includes('/opus-96/full/'))).toBe(true);
  });

  it('is told with the way from the file to the ear', async () => {
    const panel = watched.page.getByRole('dialog', { name: 'Sound' });
    await panel.getByText('FLAC 16/44').waitFor();
    await panel.getByText(/^Opus 160 · 48 kHz · \d+ kbps here$/).waitFor();
    await panel.getByText(/^\d+ s ahead$/).waitFor();
  });

  it('begins with the next track where it needs another codec', async () => {
    const { page } = watched;
    await choose('lossless');
    await page.getByText('Lossless begins with the next track.').waitFor();
    await heard('Opus 160');
    await seekNearEnd(page, 3000);
    await playerBar(page).getByText('Two', { exact: true }).waitFor();
    await heard('FLAC');
  });

  it('is named as it is heard, also where the server has none of it and another takes its place', async () => {
    const { page } = watched;
    await page.route(/\/opus-320\//, (route) => route.fulfill({ status: 500 }));
    await playerBar(page).getByRole('button', { name: 'Pause' }).click();
    // Nothing sounds: another codec begins at once.
    await playerBar(page).getByRole('button', { name: 'Sound: FLAC' }).click();
    await choose('high');
    await playerBar(page).getByRole('button', { name: 'Play' }).click();
    await heard('Opus 160');
    expect(watched.complaints.filter((each) => !each.includes('500'))).toEqual([]);
  });
});
