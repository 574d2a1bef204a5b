import { describe, expect, it } from '@jest/globals';
import type { PlaybackStatus } from '../player/playback-status';
import { NOTHING_WATCHED, observe, type Experience } from './experience';

const OPUS = { codec: 'opus', bitrateKbps: 160 } as const;
const HIGH = { codec: 'opus', bitrateKbps: 320 } as const;

const tell = (...changes: readonly (readonly [number, PlaybackStatus])[]): readonly Experience[] => {
  let watched = NOTHING_WATCHED;
  return changes.flatMap(([at, status]) => {
    const told = observe(watched, status, at);
    watched = told.watched;
    return told.events;
  });
};

describe('what a player tells of the delivery', () => {
  it('is how long a start took, with all that it waited for', () => {
    const events = tell(
      [1000, { phase: 'loading', heard: null }],
      [1100, { phase: 'waiting', heard: null }],
      [1300, { phase: 'playing', heard: OPUS }],
    );
    expect(events).toEqual([{ kind: 'start', lastedMs: 300, ...OPUS }]);
  });

  it('is how long it stopped, and how long which rung was heard', () => {
    const events = tell(
      [0, { phase: 'loading', heard: null }],
      [100, { phase: 'playing', heard: OPUS }],
      [4100, { phase: 'playing', heard: HIGH }],
      [9100, { phase: 'waiting', heard: HIGH }],
      [9900, { phase: 'playing', heard: HIGH }],
      [10_900, { phase: 'paused', heard: HIGH }],
    );
    expect(events.slice(1)).toEqual([
      { kind: 'heard', lastedMs: 4000, ...OPUS },
      { kind: 'heard', lastedMs: 5000, ...HIGH },
      { kind: 'rebuffer', lastedMs: 800, ...HIGH },
      { kind: 'heard', lastedMs: 1000, ...HIGH },
    ]);
  });

  it('is nothing of a pause, of a seek that nobody notices, or of what changes nothing', () => {
    const events = tell(
      [0, { phase: 'loading', heard: null }],
      [10, { phase: 'paused', heard: null }],
      [60_000, { phase: 'playing', heard: OPUS }],
      [61_000, { phase: 'waiting', heard: OPUS }],
      [61_020, { phase: 'playing', heard: OPUS }],
      [61_500, { phase: 'playing', heard: OPUS }],
    );
    expect(events.map(({ kind }) => kind)).toEqual(['heard']);
  });
});
