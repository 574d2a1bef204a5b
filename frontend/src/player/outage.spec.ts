import { describe, expect, it } from '@jest/globals';
import { outlast } from './outage';

/** A server that answers from the nth question on, and a buffer that is heard while it does not. */
const surroundings = (answersFrom: number, bufferedSeconds: number) => {
  let asked = 0;
  let left = bufferedSeconds;
  const pauses: number[] = [];
  return {
    pauses,
    isReachable: () => Promise.resolve((asked += 1) >= answersFrom),
    pause: (ms: number) => {
      pauses.push(ms);
      left -= ms / 1000;
      return Promise.resolve();
    },
    bufferedAheadSeconds: () => left,
  };
};
const going = new AbortController().signal;

describe('a server that does not answer', () => {
  it('was there all the time: then the request itself is to blame', async () => {
    const { pauses, ...around } = surroundings(1, 0);
    expect(await outlast(around, going)).toBe('was reachable');
    expect(pauses).toEqual([]);
  });

  it('is asked again, more and more seldom, for as long as there is something to hear', async () => {
    const { pauses, ...around } = surroundings(8, 60);
    expect(await outlast(around, going)).toBe('is back');
    expect(pauses).toEqual([1000, 2000, 4000, 8000, 8000, 8000, 8000]);
  });

  it('is given up half a minute after the last sound', async () => {
    const { pauses, ...around } = surroundings(Infinity, 10);
    expect(await outlast(around, going)).toBe('gave up');
    const heardMs = 10_000;
    const waitedMs = pauses.reduce((sum, ms) => sum + ms, 0);
    expect(waitedMs - heardMs).toBeGreaterThan(25_000);
    expect(waitedMs - heardMs).toBeLessThan(50_000);
  });

  it('is no longer asked when the listener went elsewhere', async () => {
    const leaving = new AbortController();
    const { pause, ...around } = surroundings(Infinity, 60);
    const leaves = (ms: number) => {
      leaving.abort();
      return pause(ms);
    };
    expect(await outlast({ ...around, pause: leaves }, leaving.signal)).toBe('was stopped');
  });
});
