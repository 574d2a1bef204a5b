import { afterEach, describe, expect, it } from '@jest/globals';
import { trackForSpecs } from '../api/track-for-specs';
import { EMPTY_QUEUE, queueReducer } from '../player/queue-reducer';
import { createStore } from '../player/store';
import { bindSleep, leftMs, sleepStore } from './sleep-timer';

class Bed {
  readonly queue = createStore(queueReducer, EMPTY_QUEUE);
  positionMs = 0;
  durationMs = 60_000;
  faded = 1;
  #tick = (): void => undefined;
  constructor() {
    const tracks = [1, 2, 3].map((trackNumber) => ({
      ...trackForSpecs(String(trackNumber)),
      album: trackNumber < 3 ? { id: 'a', title: 'A' } : { id: 'b', title: 'B' },
    }));
    this.queue.dispatch({ type: 'play', tracks, startAt: 0, source: { kind: 'library' } });
  }
  onTick(listener: () => void): () => void {
    this.#tick = listener;
    return () => undefined;
  }
  fadeTo(factor: number): void {
    this.faded = factor;
  }
  at(positionMs: number): void {
    this.positionMs = positionMs;
    this.#tick();
  }
  get intent(): string {
    const state = this.queue.getState();
    return state.kind === 'active' ? state.intent : 'none';
  }
}

describe('a timer that lets the sound fall asleep', () => {
  afterEach(() => sleepStore.dispatch({ kind: 'off' }));

  it('lets go of it gently and stops after the track', () => {
    const bed = new Bed();
    bindSleep(bed);
    sleepStore.dispatch({ kind: 'track' });
    bed.at(30_000);
    expect(bed.faded).toBe(1);
    bed.at(55_000);
    expect(bed.faded).toBeCloseTo(0.5, 5);
    bed.queue.dispatch({ type: 'advanced', key: 1 });
    expect([bed.intent, bed.faded, sleepStore.getState().kind]).toEqual(['pause', 1, 'off']);
  });

  it('waits for the last track of the album', () => {
    const bed = new Bed();
    bindSleep(bed);
    sleepStore.dispatch({ kind: 'album' });
    bed.at(58_000);
    bed.queue.dispatch({ type: 'advanced', key: 1 });
    expect([bed.intent, bed.faded]).toEqual(['play', 1]);
    bed.at(58_000);
    bed.queue.dispatch({ type: 'advanced', key: 2 });
    expect(bed.intent).toBe('pause');
  });

  it('goes by the clock, and is given up with a word', () => {
    const bed = new Bed();
    bindSleep(bed);
    sleepStore.dispatch({ kind: 'minutes', minutes: 5, endsAtMs: Date.now() + 4000 });
    bed.at(1000);
    expect(bed.faded).toBeLessThan(0.41);
    sleepStore.dispatch({ kind: 'off' });
    expect([bed.intent, bed.faded]).toEqual(['play', 1]);
    sleepStore.dispatch({ kind: 'minutes', minutes: 5, endsAtMs: Date.now() - 1 });
    expect(bed.intent).toBe('pause');
  });

  it('knows how long it lasts', () => {
    expect(leftMs({ kind: 'minutes', minutes: 5, endsAtMs: 5000 }, 2000, 9, false)).toBe(3000);
    expect(leftMs({ kind: 'album' }, 0, 700, true)).toBe(700);
    expect(leftMs({ kind: 'album' }, 0, 700, false)).toBeNull();
  });
});
