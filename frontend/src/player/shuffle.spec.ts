import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shuffledUpcoming } from './shuffle';

interface Song {
  readonly id: number;
  readonly artist: string;
}
const songs = (artists: readonly string[]): Song[] => artists.map((artist, id) => ({ id, artist }));
const shuffled = (list: readonly Song[], index: number, seed: number): readonly Song[] =>
  shuffledUpcoming(list, index, seed, ({ artist }) => artist);
const meetings = (list: readonly Song[]): number =>
  list.filter(({ artist }, at) => at > 0 && list[at - 1]?.artist === artist).length;

const anyArtists = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 40 });

describe('a shuffled queue', () => {
  it('holds every track once, what has played where it was', () => {
    fc.assert(
      fc.property(anyArtists, fc.integer({ min: -1, max: 39 }), fc.nat(), (artists, at, seed) => {
        const list = songs(artists);
        const index = Math.min(at, list.length - 1);
        const after = shuffled(list, index, seed);
        expect(after.slice(0, index + 1)).toEqual(list.slice(0, index + 1));
        expect(after.toSorted((a, b) => a.id - b.id)).toEqual(list);
      }),
    );
  });

  it('never has two tracks of one artist beside each other where that can be avoided', () => {
    fc.assert(
      fc.property(anyArtists, fc.nat(), (artists, seed) => {
        const most = Math.max(
          ...['a', 'b', 'c', 'd'].map((one) => artists.filter((it) => it === one).length),
        );
        // Whoever has more than all others together cannot be kept apart, but for one between each two.
        const unavoidable = Math.max(0, most - (artists.length - most) - 1);
        expect(meetings(shuffled(songs(artists), -1, seed))).toBe(unavoidable);
      }),
    );
  });

  it('does not go on with the artist who sounds, where somebody else follows', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const after = shuffled(songs(['a', 'a', 'a', 'b', 'b', 'c']), 0, seed);
        expect(after[1]?.artist).not.toBe('a');
      }),
    );
  });

  it('is another one with another seed', () => {
    const list = songs([...'abcdefghijklmnop']);
    const orders = new Set([1, 2, 3, 4].map((seed) => JSON.stringify(shuffled(list, -1, seed))));
    expect(orders.size).toBe(4);
  });
});
