import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { beginListen, endingOf, eventOf, hear, type Listen } from './listen';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const ID = '0b7d5c9e-2f50-4d0c-9a52-3a1e2f0c4b11';
const fresh = beginListen(ID, 'track', { kind: 'album', id: 'album', name: 'Album' });
const heard = (...readings: readonly (readonly [positionMs: number, atMs: number])[]): Listen =>
  readings.reduce((listen, [positionMs, atMs]) => hear(listen, { positionMs, atMs }, NOW + atMs), fresh);

describe('what was heard of a track', () => {
  it('is the time for which its place moved on', () => {
    expect(heard([0, 0], [250, 250], [1000, 1010]).playedMs).toBe(1000);
  });

  it('does not grow in a pause', () => {
    expect(heard([0, 0], [5000, 5000], [5000, 65_000], [6000, 66_000]).playedMs).toBe(6000);
  });

  it('does not grow by a seek, forwards or back, but for the time it took', () => {
    expect(heard([0, 0], [1000, 1000], [90_000, 1100], [91_000, 2100]).playedMs).toBe(2100);
    expect(heard([60_000, 0], [61_000, 1000], [5000, 1200], [6000, 2200]).playedMs).toBe(2000);
  });

  it('is never more than the time that went by, wherever the place went', () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 300_000 }), fc.integer({ min: 0, max: 5000 })));
    fc.assert(
      fc.property(steps, (moves) => {
        let atMs = 0;
        const readings = moves.map(([positionMs, tookMs]) => [positionMs, (atMs += tookMs)] as const);
        const { playedMs } = heard([0, 0], ...readings);
        expect(playedMs).toBeGreaterThanOrEqual(0);
        expect(playedMs).toBeLessThanOrEqual(atMs);
      }),
    );
  });
});

describe('what the server is told of it', () => {
  it('is when the first sound was heard, for how long, from where, and what ended it', () => {
    const event = eventOf(heard([0, 0], [0, 3000], [1500.4, 4600]), 'next');
    expect(event).toEqual({
      id: ID,
      trackId: 'track',
      startedAt: new Date(NOW + 4600 - 1501).toISOString(),
      playedMs: 1500,
      context: { source: 'album', sourceId: 'album', endedBy: 'next' },
    });
  });

  it('is nothing where nothing was heard', () => {
    expect(eventOf(heard([0, 0], [0, 9000]), 'next')).toBeNull();
  });

  it('says whether somebody moved on or the track came to its end', () => {
    expect(endingOf({ type: 'skip' })).toBe('next');
    expect(endingOf({ type: 'remove', keys: [1] })).toBe('next');
    expect(endingOf({ type: 'previous' })).toBe('previous');
    expect(endingOf({ type: 'jump', key: 1 })).toBe('chosen');
    expect(endingOf({ type: 'advanced', key: 1 })).toBe('finished');
    expect(endingOf({ type: 'ended', key: null })).toBe('finished');
    expect(endingOf({ type: 'failed', run: 1, failure: 'missing' })).toBe('failed');
    expect(endingOf({ type: 'clear' })).toBe('stopped');
  });
});
