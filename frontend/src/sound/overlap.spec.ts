import { describe, expect, it } from '@jest/globals';
import { trackForSpecs } from '../api/track-for-specs';
import { EMPTY_QUEUE, queueReducer, type QueueState } from '../player/queue-reducer';
import { fadeCurve, overlapSeconds } from './overlap';

const SOURCE = { kind: 'library' } as const;
const on = (album: string, trackNumber: number) => ({
  ...trackForSpecs(`${album}${trackNumber}`),
  album: { id: album, title: album },
  discNumber: 1,
  trackNumber,
});
const queueOf = (...tracks: ReturnType<typeof on>[]): QueueState =>
  queueReducer(EMPTY_QUEUE, { type: 'play', tracks, startAt: 0, source: SOURCE });
const [FIRST, SECOND] = [
  { key: 0, seconds: 60 },
  { key: 1, seconds: 60 },
];

describe('how long two tracks sound together', () => {
  it('is as long as the listener wants, and no more than a third of either', () => {
    const queue = queueOf(on('a', 1), on('b', 1));
    expect(overlapSeconds(6, queue, FIRST, SECOND)).toBe(6);
    expect(overlapSeconds(12, queue, FIRST, { key: 1, seconds: 9 })).toBe(3);
    expect(overlapSeconds(6, queue, FIRST, { key: 1, seconds: 1 })).toBe(0);
  });

  it('is never on an album in its order, nor where one track is repeated', () => {
    expect(overlapSeconds(6, queueOf(on('a', 1), on('a', 2)), FIRST, SECOND)).toBe(0);
    expect(overlapSeconds(6, queueOf(on('a', 2), on('a', 1)), FIRST, SECOND)).toBe(6);
    const repeated = queueReducer(queueOf(on('a', 1), on('b', 1)), { type: 'repeat', mode: 'one' });
    expect(overlapSeconds(6, repeated, FIRST, FIRST)).toBe(0);
  });

  it('keeps the power of two sounds what it is', () => {
    const [rising, falling] = [fadeCurve('in'), fadeCurve('out')];
    const powers = [...rising].map((each, at) => each ** 2 + (falling[at] ?? 0) ** 2);
    for (const power of powers) expect(power).toBeCloseTo(1, 5);
  });
});
