import { describe, expect, it } from '@jest/globals';
import { trackForSpecs } from '../api/track-for-specs';
import { EMPTY_QUEUE, queueReducer } from '../player/queue-reducer';
import { chosenGainDb, factorOf, gainKindOf } from './loudness';

const on = (album: string, trackNumber: number) => ({
  ...trackForSpecs(`${album}${trackNumber}`),
  album: { id: album, title: album },
  discNumber: 1,
  trackNumber,
});
const QUEUE = queueReducer(EMPTY_QUEUE, {
  type: 'play',
  tracks: [on('a', 1), on('a', 2), on('b', 7), on('a', 9)],
  startAt: 0,
  source: { kind: 'library' },
});

describe('the loudness that a track is brought to', () => {
  it('by itself is that of the album where the record plays in order, else that of the track', () => {
    expect([0, 1, 2, 3].map((key) => gainKindOf('auto', QUEUE, key))).toEqual([
      'album',
      'album',
      'track',
      'track',
    ]);
    expect(gainKindOf('auto', EMPTY_QUEUE, 0)).toBe('track');
  });

  it('is always the same where the listener has chosen', () => {
    expect(gainKindOf('track', QUEUE, 0)).toBe('track');
    expect(gainKindOf('off', QUEUE, 0)).toBe('off');
  });

  it('is the track’s own while the album was not measured whole, and none where none is wanted', () => {
    const gains = { gainDb: -6, albumGainDb: -3 };
    expect(chosenGainDb('album', gains)).toBe(-3);
    expect(chosenGainDb('album', { ...gains, albumGainDb: null })).toBe(-6);
    expect(chosenGainDb('track', gains)).toBe(-6);
    expect(chosenGainDb('off', gains)).toBe(0);
    expect(factorOf(-20)).toBeCloseTo(0.1, 10);
  });
});
