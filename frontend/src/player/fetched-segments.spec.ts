import { describe, expect, it } from '@jest/globals';
import { FetchedSegments } from './fetched-segments';

const SONG = '6b1f0a52-8d52-4a79-9a3c-52f1a9a3a111';
const addressOf = (bitrateKbps: number, number: number): string =>
  `http://a.test/media/${SONG}/abc/opus-${bitrateKbps}/full/${number}.m4s?s=1`;
const rungOf = (bitrateKbps: number) => ({ trackId: SONG, bitrateKbps });

describe('segments that were fetched', () => {
  it('are known by where they play, each by the rung that was fetched last for its place', () => {
    const fetched = new FetchedSegments();
    fetched.note(0, 4, addressOf(160, 0), 80_000);
    fetched.note(4, 8, addressOf(160, 1), 80_000);
    fetched.note(4, 8, addressOf(96, 1), 80_000);
    expect([0, 3.9, 4, 8].map((seconds) => fetched.at(seconds))).toEqual([
      rungOf(160),
      rungOf(160),
      rungOf(96),
      null,
    ]);
    expect(fetched.last).toEqual(rungOf(96));
    expect([1, 9].map((seconds) => fetched.measuredKbpsAt(seconds))).toEqual([160, null]);
  });

  it('are forgotten once they are long past, and what is no segment was never known', () => {
    const fetched = new FetchedSegments();
    expect(fetched.last).toBeNull();
    fetched.note(0, 4, addressOf(160, 0), 80_000);
    fetched.note(200, 204, addressOf(320, 50), 80_000);
    fetched.note(204, 208, 'http://a.test/api/playback', 80_000);
    expect(fetched.at(1)).toBeNull();
    expect(fetched.last).toEqual(rungOf(320));
  });
});
