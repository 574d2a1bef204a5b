import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { QueueGrantDto } from '../../backend/src/streaming/playback.dto.js';
import type { WatchedPage } from './support/browser.js';
import { difference, withoutSilentEnds } from './support/compare-sound.js';
import { CD, writeCutAlbum } from './support/cut-album.js';
import { expectedSound } from './support/expected-sound.js';
import { GaplessRoom, hearToTheEnd, play } from './support/gapless-room.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(180_000);
/** Sound is made in real time: a machine with too much else to do leaves out some of it, and then it is heard again. */
jest.retryTimes(2, { logErrorsBeforeRetry: true });

const ALBUM = 'Moods';
const SINE = '0.3*sin(2*PI*440.5*t)';
/** Cut at odd samples, in the middle of everybody's frames; as unlike each other as a decoder's memory could wish. */
const TRACKS = [
  { ...CD, title: 'Alpha', samples: 264_637, sound: `${SINE}+0.6*(random(0)-0.5)` },
  { ...CD, title: 'Beta', samples: 105_500, sound: `0.1*${SINE}` },
  { ...CD, title: 'Gamma', samples: 123_457, sound: `${SINE}+0.1*sin(2*PI*3301*t)` },
] as const;
const TITLES = TRACKS.map(({ title }) => title);

/**
 * Decoders of one codec agree but for the last bit of sixteen; browsers scale samples above zero by one in 32,767.
 */
const CODECS = [
  { codec: 'opus', rateHz: 48_000, off: 0.0001 },
  { codec: 'aac', rateHz: 44_100, off: 0.0001 },
  { codec: 'flac', rateHz: 44_100, off: 1 / 32_768 },
] as const;

describe('a queue without gaps, as it leaves the browser sample by sample', () => {
  let room: GaplessRoom;

  beforeAll(async () => {
    room = await GaplessRoom.open((tones) => writeCutAlbum(tones, ALBUM, TRACKS), TRACKS.length);
  });
  afterAll(() => room.close());

  describe.each(CODECS)('in $codec', ({ codec, rateHz, off }) => {
    let watched: WatchedPage;
    let items: QueueGrantDto['items'];

    beforeAll(async () => {
      items = await room.encoded(codec, TITLES);
      watched = await room.listen(codec, ALBUM, rateHz);
    });
    afterAll(() => watched.close());

    const expectExactly = async (heard: Float32Array, titles: readonly string[]): Promise<void> => {
      const queued = items.filter((_, at) => titles.includes(TITLES[at] ?? ''));
      const expected = withoutSilentEnds(await expectedSound(room.music, codec, queued, watched.media));
      const { samples, most, at } = difference(heard, expected);
      expect({ samples, at: most > off ? at : -1, most: most > off ? most : 0 }).toEqual({
        samples: 0,
        at: -1,
        most: 0,
      });
    };

    it('three tracks are what their renditions are, end to end', async () => {
      await play(watched);
      await expectExactly(await hearToTheEnd(watched, 'Gamma'), TITLES);
    });

    const removeBeta = async (): Promise<void> => {
      const { page } = watched;
      await page.getByRole('button', { name: 'Play Beta' }).last().hover();
      await page.getByRole('button', { name: 'Remove Beta from the queue' }).click();
    };

    it('and still are when the next track is taken out after it was buffered', async () => {
      await play(watched);
      await watched.page.waitForFunction(() => {
        const buffered = document.querySelector('audio')?.buffered;
        return buffered !== undefined && buffered.length > 0 && buffered.end(buffered.length - 1) > 9;
      });
      await removeBeta();
      await expectExactly(await hearToTheEnd(watched, 'Gamma'), ['Alpha', 'Gamma']);
    });

    it('and when it is taken out half a second before the join', async () => {
      await play(watched);
      const join = TRACKS[0].samples / TRACKS[0].sampleRateHz;
      const { page } = watched;
      await page.getByRole('button', { name: 'Play Beta' }).last().hover();
      // In the page itself: no way there and back may eat up the half second.
      await page.evaluate(async (until) => {
        const audio = document.querySelector('audio');
        const button = document.querySelector<HTMLButtonElement>('[aria-label="Remove Beta from the queue"]');
        if (audio === null || button === null) throw new Error('there is nothing to remove');
        while (audio.currentTime < until) await new Promise(requestAnimationFrame);
        button.click();
      }, join - 0.55);
      await expectExactly(await hearToTheEnd(watched, 'Gamma'), ['Alpha', 'Gamma']);
    });

    it('and nothing went wrong on the way', () => {
      expect(watched.complaints).toEqual([]);
      expect(watched.media.filter((path) => !path.includes(`/${codec}-`))).toEqual([]);
    });
  });
});
