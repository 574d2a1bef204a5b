import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { GAP, positionsBetween } from './positions.js';

describe('positions in a playlist', () => {
  it('go on behind the last one, and before the first', () => {
    expect(positionsBetween(7, null, 2)).toEqual([7 + GAP, 7 + 2 * GAP]);
    expect(positionsBetween(null, 7, 2)).toEqual([7 - 2 * GAP, 7 - GAP]);
    expect(positionsBetween(null, null, 1)).toEqual([0]);
  });

  it('always lie strictly between the neighbours, rising, or there is no room', () => {
    const place = fc.option(fc.integer({ min: -(2 ** 50), max: 2 ** 50 }));
    fc.assert(
      fc.property(place, place, fc.integer({ min: 1, max: 300 }), (one, other, count) => {
        const [after, before] = one !== null && other !== null && one > other ? [other, one] : [one, other];
        const positions = positionsBetween(after, before, count);
        if (positions === null) return after !== null && before !== null && before - after <= count;
        const all = [after ?? -Infinity, ...positions, before ?? Infinity];
        return all.every((position, at) => at === 0 || position > (all[at - 1] ?? Infinity));
      }),
    );
  });

  it('take thirty insertions at one place before a list has to be spread anew', () => {
    let before = GAP;
    for (let times = 0; times < 30; times++) {
      const [position] = positionsBetween(0, before, 1) ?? [];
      expect(position).toBeGreaterThan(0);
      before = position ?? 0;
    }
    expect(positionsBetween(0, 1, 1)).toBeNull();
    expect(positionsBetween(2 ** 52 - 1, null, 1)).toBeNull();
  });
});
