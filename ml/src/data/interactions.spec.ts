import { describe, expect, it } from '@jest/globals';
import { assertHistories, historyOf, likedOf, transposed } from './histories.js';
import { toHistories } from './interactions.js';

const rows = (triples: readonly (readonly [number, number, number])[], ages?: readonly number[]) => ({
  userCount: 4,
  itemCount: 5,
  users: Int32Array.from(triples, (t) => t[0]),
  items: Int32Array.from(triples, (t) => t[1]),
  weights: Float32Array.from(triples, (t) => t[2]),
  ...(ages === undefined ? {} : { ages: Float32Array.from(ages) }),
});

describe('histories', () => {
  const data = toHistories(rows([[2, 4, 1], [0, 3, 2], [2, 1, 0.5], [2, 4, 2], [3, 0, -1]], [9, 4, 3, 7, 1])); // prettier-ignore

  it('are ascending rows a listener, doubles summed and the youngest age kept', () => {
    expect([...data.starts]).toEqual([0, 1, 1, 3, 4]);
    expect([...data.items]).toEqual([3, 1, 4, 0]);
    expect([...data.weights]).toEqual([2, 0.5, 3, -1]);
    expect([...(data.ages ?? [])]).toEqual([4, 3, 7, 1]);
    expect(() => assertHistories(data)).not.toThrow();
  });
  it('leave out what sums to nothing', () => {
    expect([...toHistories(rows([[1, 1, 1], [1, 1, -1], [1, 2, 1]])).items]).toEqual([2]); // prettier-ignore
  });
  it('turned twice are themselves', () => {
    expect({ ...transposed(transposed(data)), ages: data.ages }).toEqual(data);
  });
  it('of a listener who turned away from all is empty, and of one without plays too', () => {
    expect(likedOf(historyOf(data, 3)).items).toHaveLength(0);
    expect(historyOf(data, 1).items).toHaveLength(0);
  });
  it('refuse an item outside its count, a weight that is no number, and rows out of order', () => {
    expect(() => toHistories(rows([[0, 5, 1]]))).toThrow('item 5 of 5');
    expect(() => toHistories(rows([[0, 1, Number.NaN]]))).toThrow('not finite');
    expect(() => assertHistories({ ...data, items: Int32Array.of(3, 4, 1, 0) })).toThrow('item 1 after 4');
    expect(() => assertHistories({ ...data, weights: new Float32Array(4) })).toThrow('weight 0');
  });
});
