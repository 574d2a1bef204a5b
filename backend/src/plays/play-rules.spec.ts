import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  ENDINGS,
  LONG_ENOUGH_MS,
  OLDEST_MS,
  outcomeOf,
  placeInTime,
  SKIPPED_WITHIN_MS,
  TOLERATED_AHEAD_MS,
} from './play-rules.js';

const playedMs = fc.integer({ min: 0, max: 86_400_000 });
const durationMs = fc.option(fc.integer({ min: 1, max: 86_400_000 }));
const endedBy = fc.option(fc.constantFrom(...ENDINGS));

describe('what is a play and what is a skip', () => {
  it.each([
    [{ playedMs: 100_000, durationMs: 200_000, endedBy: 'next' }, 'play'],
    [{ playedMs: 99_999, durationMs: 200_000, endedBy: 'next' }, 'partial'],
    [{ playedMs: 240_000, durationMs: 3_600_000, endedBy: 'stopped' }, 'play'],
    [{ playedMs: 29_999, durationMs: 200_000, endedBy: 'next' }, 'skip'],
    [{ playedMs: 30_000, durationMs: 200_000, endedBy: 'next' }, 'partial'],
    [{ playedMs: 10_000, durationMs: 20_000, endedBy: 'next' }, 'play'],
    [{ playedMs: 9_000, durationMs: 200_000, endedBy: 'stopped' }, 'partial'],
    [{ playedMs: 9_000, durationMs: 200_000, endedBy: null }, 'partial'],
    [{ playedMs: 0, durationMs: 200_000, endedBy: 'failed' }, 'partial'],
    [{ playedMs: 0, durationMs: 1, endedBy: 'previous' }, 'skip'],
    [{ playedMs: 120_000, durationMs: null, endedBy: 'finished' }, 'partial'],
    [{ playedMs: 240_000, durationMs: null, endedBy: 'finished' }, 'play'],
  ] as const)('%j is a %s', (heard, outcome) => {
    expect(outcomeOf(heard)).toBe(outcome);
  });

  it('a play is half the track or four minutes, whatever ended it', () => {
    fc.assert(
      fc.property(playedMs, durationMs, endedBy, (played, duration, ending) => {
        const enough =
          played > 0 && (played >= LONG_ENOUGH_MS || (duration !== null && 2 * played >= duration));
        const outcome = outcomeOf({ playedMs: played, durationMs: duration, endedBy: ending });
        expect(outcome === 'play').toBe(enough);
      }),
    );
  });

  it('a skip is short of 30 seconds and of half, and somebody moved on', () => {
    fc.assert(
      fc.property(playedMs, durationMs, endedBy, (played, duration, ending) => {
        if (outcomeOf({ playedMs: played, durationMs: duration, endedBy: ending }) !== 'skip') return;
        expect(played).toBeLessThan(SKIPPED_WITHIN_MS);
        if (duration !== null) expect(2 * played < duration || played === 0).toBe(true);
        expect(['next', 'previous', 'chosen']).toContain(ending);
      }),
    );
  });

  it('more of a track heard never makes less of it', () => {
    const rank = { skip: 0, partial: 1, play: 2 } as const;
    fc.assert(
      fc.property(playedMs, playedMs, durationMs, endedBy, (a, b, duration, ending) => {
        const of = (played: number): number =>
          rank[outcomeOf({ playedMs: played, durationMs: duration, endedBy: ending })];
        expect(of(Math.max(a, b))).toBeGreaterThanOrEqual(of(Math.min(a, b)));
      }),
    );
  });
});

describe('when an event began', () => {
  const now = Date.UTC(2026, 10, 23);

  it('is what the device says, as long as that can be', () => {
    expect(placeInTime({ toldMs: now - 30 * 86_400_000, playedMs: 200_000, receivedMs: now })).toEqual({
      startedMs: now - 30 * 86_400_000,
      clock: 'right',
    });
    expect(placeInTime({ toldMs: now - 199_000, playedMs: 200_000, receivedMs: now }).clock).toBe('right');
  });

  it.each([
    ['a clock of 1970', 0, 'behind'],
    ['a clock a year ahead', now + OLDEST_MS, 'ahead'],
    ['a clock an hour ahead', now + 3_600_000, 'ahead'],
  ] as const)('%s is put right and flagged', (_, toldMs, clock) => {
    expect(placeInTime({ toldMs, playedMs: 60_000, receivedMs: now })).toEqual({
      startedMs: now - 60_000,
      clock,
    });
  });

  it('is never later than the event’s arrival, never older than a year, and flagged only where it was moved far', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e15, max: 1e15 }), playedMs, (toldMs, played) => {
        const { startedMs, clock } = placeInTime({ toldMs, playedMs: played, receivedMs: now });
        expect(startedMs).toBeLessThanOrEqual(now);
        expect(startedMs).toBeGreaterThanOrEqual(now - OLDEST_MS);
        if (clock === 'right') expect(Math.abs(startedMs - toldMs)).toBeLessThanOrEqual(TOLERATED_AHEAD_MS);
      }),
    );
  });
});
