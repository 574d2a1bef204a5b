import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { trackForSpecs } from '../api/track-for-specs';
import { missingParts, planOf, wantedIds } from './download-plan';
import type { Collection } from './kept';

const id = fc.constantFrom<string>('a', 'b', 'c', 'd', 'e');
const collection = fc
  .record({ id: fc.string(), addedAt: fc.nat(9), ids: fc.array(id) })
  .map(({ ids, ...rest }): Collection => ({
    ...rest,
    kind: 'album',
    title: '',
    tracks: ids.map((each) => trackForSpecs(each, { id: each })),
  }));
const kept = fc.uniqueArray(fc.record({ trackId: id, whole: fc.boolean() }), {
  selector: ({ trackId }) => trackId,
});

describe('what is to be downloaded', () => {
  it('is whatever is wished and not there, once; what is there and not wished leaves', () => {
    fc.assert(
      fc.property(fc.array(collection), kept, fc.uniqueArray(id), (collections, tracks, refused) => {
        const { toFetch, toRemove } = planOf(collections, tracks, new Set(refused));
        const wanted = wantedIds(collections);
        const whole = tracks.filter((track) => track.whole).map(({ trackId }) => trackId);
        expect(new Set(toFetch).size).toBe(toFetch.length);
        expect([...toFetch].sort()).toEqual(
          wanted.filter((each) => !whole.includes(each) && !refused.includes(each)).sort(),
        );
        expect(toRemove.some((each) => wanted.includes(each))).toBe(false);
        // Nothing that is there and wished is touched.
        expect(whole.filter((each) => toFetch.includes(each))).toEqual([]);
        expect(toRemove.length + tracks.filter(({ trackId }) => wanted.includes(trackId)).length).toBe(
          tracks.length,
        );
      }),
    );
  });

  it('comes in the order in which it was wished', () => {
    const of = (ids: readonly string[], addedAt: number): Collection => ({
      kind: 'album',
      id: String(addedAt),
      title: '',
      addedAt,
      tracks: ids.map((each) => trackForSpecs(each, { id: each })),
    });
    expect(planOf([of(['c', 'a'], 2), of(['a', 'b'], 1)], [], new Set()).toFetch).toEqual(['a', 'b', 'c']);
  });

  it('is of a track every part that did not come before, and each once', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.uniqueArray(fc.integer({ min: -1, max: 39 })), (count, there) => {
        const missing = missingParts(count, new Set(there));
        const inRange = there.filter((number) => number < count);
        expect([...missing, ...inRange].sort((a, b) => a - b)).toEqual(
          Array.from({ length: count + 1 }, (_, at) => at - 1),
        );
      }),
    );
  });
});
