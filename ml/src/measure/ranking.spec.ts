import { describe, expect, it } from '@jest/globals';
import { toHistories } from '../data/interactions.js';
import { listenerMetrics, measureScores, topOf } from './ranking.js';

const lists = (rows: readonly (readonly number[])[], itemCount: number) =>
  toHistories({
    userCount: rows.length,
    itemCount,
    users: Int32Array.from(rows.flatMap((items, user) => items.map(() => user))),
    items: Int32Array.from(rows.flat()),
    weights: new Float32Array(rows.flat().length).fill(1),
  });

describe('a ranking', () => {
  it('is best first without what was heard, and ties go to the lower number', () => {
    expect([...topOf(Float32Array.of(1, 5, 3, 3, 9), Int32Array.of(4), 3)]).toEqual([1, 2, 3]);
    expect([...topOf(Float32Array.of(-1, -2), Int32Array.of(), 9)]).toEqual([0, 1]);
    expect([...topOf(Float32Array.of(1), Int32Array.of(0), 2)]).toEqual([]);
  });
  it('agrees with sorting everything', () => {
    const scores = Float32Array.from({ length: 500 }, (_, item) => (item * 7919) % 97);
    const sorted = [...scores.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
    expect([...topOf(scores, Int32Array.of(), 100)]).toEqual(sorted.slice(0, 100));
  });
  it('gains by the logarithm of the place, against the best order there is', () => {
    const ranked = Int32Array.of(7, 1, 8, 2);
    const { recall20, ndcg20, ndcg100 } = listenerMetrics(ranked, new Set([1, 2, 3]));
    expect(recall20).toBeCloseTo(2 / 3);
    const ideal = 1 + 1 / Math.log2(3) + 1 / 2;
    expect(ndcg20).toBeCloseTo((1 / Math.log2(3) + 1 / Math.log2(5)) / ideal);
    expect(ndcg100).toBeCloseTo(ndcg20);
  });
  it('counts what stands below the twentieth place only in NDCG@100', () => {
    const ranked = Int32Array.from({ length: 100 }, (_, place) => place);
    const { recall20, ndcg20, ndcg100 } = listenerMetrics(ranked, new Set([20]));
    expect([recall20, ndcg20]).toEqual([0, 0]);
    expect(ndcg100).toBeCloseTo(1 / Math.log2(22));
  });
  it('is measured only for listeners who have something to find', () => {
    const train = lists([[0], [1], [0, 1]], 30);
    const found = measureScores(
      () => Float32Array.from({ length: 30 }, (_, item) => -item),
      train,
      lists([[2], [], [29]], 30),
    );
    expect(found.listeners).toBe(2);
    // The first listener's 20 are items 1 to 20, the third's 2 to 21; each of the two finds 1 and 0.
    expect(found.recall20).toBe(0.5);
    expect(found.coverage20).toBeCloseTo(21 / 30);
    expect(found.popularity20).toBeCloseTo(2 / 40);
  });
  it('of nobody is 0, not NaN', () => {
    const nobody = lists([], 0);
    expect(measureScores(() => new Float32Array(0), nobody, nobody)).toMatchObject({
      ndcg20: 0,
      coverage20: 0,
    });
  });
});
