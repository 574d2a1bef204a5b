import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { isDeepStrictEqual } from 'node:util';
import type { QueueGrantDto } from '../../backend/src/streaming/playback.dto.js';
import type { WatchedPage } from './support/browser.js';
import { difference, withoutSilentEnds } from './support/compare-sound.js';
import { CD, writeCutAlbum } from './support/cut-album.js';
import { expectedSound } from './support/expected-sound.js';
import { stallsOf, watchStalls } from './support/playing.js';
import { hearTogether } from './support/side-by-side.js';
import { GaplessRoom, hearToTheEnd, play, takeOut } from './support/gapless-room.js';

/** Only there so that a broken server fails the tests: a busy machine takes its time. */
jest.setTimeout(300_000);
/** A page that does not come to the end of its music on a machine with too much else to do may try again. */
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

interface Listener {
  readonly codec: string;
  readonly off: number;
  readonly items: QueueGrantDto['items'];
  readonly watched: WatchedPage;
}

/** How many samples too many, and where and by how much it is beyond what its decoders may differ by. */
interface Differing extends ReturnType<typeof difference> {
  /** Where the player had nothing to play: what is wrong without one is the machine's, which had no time for the sound. */
  readonly stalls: readonly number[];
}
const SAME: Differing = { samples: 0, at: -1, most: 0, stalls: [] };

describe('a queue without gaps, as it leaves the browser sample by sample', () => {
  let room: GaplessRoom;
  let listeners: readonly Listener[];

  /** All three at once: one after the other would sound three times as long. */
  const faultsInEach = async (hear: (listener: Listener) => Promise<Differing>) =>
    hearTogether(listeners, hear, (fault) => isDeepStrictEqual(fault, SAME));
  const ALIKE = CODECS.map(() => SAME);

  beforeAll(async () => {
    room = await GaplessRoom.open((tones) => writeCutAlbum(tones, ALBUM, TRACKS), TRACKS.length);
    listeners = await Promise.all(
      CODECS.map(async (each) => ({
        ...each,
        items: await room.encoded(each.codec, TITLES),
        watched: await room.listen(each.codec, ALBUM, each.rateHz),
      })),
    );
  });
  afterAll(() => room.close());

  /** What is left of the difference between what is heard to the end and the renditions of these tracks. */
  const faultsOf = async (listener: Listener, titles: readonly string[]): Promise<Differing> => {
    const { codec, watched, items, off } = listener;
    const heard = await hearToTheEnd(watched, 'Gamma');
    const queued = items.filter((_, at) => titles.includes(TITLES[at] ?? ''));
    const expected = withoutSilentEnds(await expectedSound(room.music, codec, queued, watched.media));
    const { samples, most, at } = difference(heard, expected);
    const stalls = await stallsOf(watched.page);
    return { samples, at: most > off ? at : -1, most: most > off ? most : 0, stalls };
  };

  it('three tracks are what their renditions are, end to end', async () => {
    const faults = await faultsInEach(async (listener) => {
      await watchStalls(listener.watched.page);
      await play(listener.watched);
      return faultsOf(listener, TITLES);
    });
    expect(faults).toEqual(ALIKE);
  });

  it('and still are when the next track is taken out after it was buffered', async () => {
    const faults = await faultsInEach(async (listener) => {
      await watchStalls(listener.watched.page);
      await play(listener.watched);
      await takeOut(listener.watched, 'Beta', 9);
      return faultsOf(listener, ['Alpha', 'Gamma']);
    });
    expect(faults).toEqual(ALIKE);
  });

  it('and when it is taken out half a second before the join', async () => {
    const join = TRACKS[0].samples / TRACKS[0].sampleRateHz;
    const faults = await faultsInEach(async (listener) => {
      const { page } = listener.watched;
      await watchStalls(listener.watched.page);
      await play(listener.watched);
      await page.getByRole('button', { name: 'Play Beta' }).last().hover();
      // In the page itself: no way there and back may eat up the half second.
      await page.evaluate(async (until) => {
        const audio = document.querySelector('audio');
        const button = document.querySelector<HTMLButtonElement>('[aria-label="Remove Beta from the queue"]');
        if (audio === null || button === null) throw new Error('there is nothing to remove');
        while (audio.currentTime < until) await new Promise(requestAnimationFrame);
        button.click();
      }, join - 0.55);
      return faultsOf(listener, ['Alpha', 'Gamma']);
    });
    expect(faults).toEqual(ALIKE);
  });

  it('and nothing went wrong on the way', () => {
    for (const { codec, watched } of listeners) {
      expect([codec, watched.complaints]).toEqual([codec, []]);
      expect([codec, watched.media.filter((path) => !path.includes(`/${codec}-`))]).toEqual([codec, []]);
    }
  });
});
