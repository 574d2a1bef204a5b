import { describe, expect, it } from '@jest/globals';
import { trainPopularity } from './popularity.js';

const rows = (triples: readonly (readonly [number, number, number])[]) => ({
  userCount: 3,
  itemCount: 4,
  users: Int32Array.from(triples, (t) => t[0]),
  items: Int32Array.from(triples, (t) => t[1]),
  weights: Float32Array.from(triples, (t) => t[2]),
});

describe('popularity', () => {
  const model = trainPopularity(rows([[0, 2, 1], [1, 2, 1], [2, 1, 1.5], [0, 0, 0.5]])); // prettier-ignore

  it('sums what listeners gave an item', () => expect([...model.scores]).toEqual([0.5, 1.5, 2, 0]));
  it('puts the most played first and leaves out what is excluded', () => {
    expect(model.recommend(3)).toEqual([2, 1, 0]);
    expect(model.recommend(2, new Set([2]))).toEqual([1, 0]);
  });
  it('breaks ties by the lower item, so the order never depends on the input order', () => {
    expect(trainPopularity(rows([[0, 3, 1], [1, 1, 1]])).recommend(4)).toEqual([1, 3, 0, 2]); // prettier-ignore
  });
  it('refuses an item outside its count, and a weight that is no number', () => {
    expect(() => trainPopularity(rows([[0, 4, 1]]))).toThrow('item 4 of 4');
    expect(() => trainPopularity(rows([[0, 1, Number.NaN]]))).toThrow('not finite');
  });
});
