import { describe, expect, it } from '@jest/globals';
import { toHistories } from '../data/interactions.js';
import { popularity } from './popularity.js';

const rows = (triples: readonly (readonly [number, number, number])[]) =>
  toHistories({
    userCount: 3,
    itemCount: 4,
    users: Int32Array.from(triples, (t) => t[0]),
    items: Int32Array.from(triples, (t) => t[1]),
    weights: Float32Array.from(triples, (t) => t[2]),
  });
const nobody = { items: new Int32Array(0), weights: new Float32Array(0) };

describe('popularity', () => {
  it('counts by how many an item was liked, however often they heard it', async () => {
    const model = await popularity.train(rows([[0, 2, 1], [1, 2, 9], [2, 1, 1.5], [0, 0, 0.5]]), {}, 1); // prettier-ignore
    expect([...model.scores(nobody)]).toEqual([1, 1, 2, 0]);
  });
  it('does not count who turned away from it', async () => {
    const model = await popularity.train(rows([[0, 3, -1], [1, 3, 1], [2, 3, -0.2]]), {}, 1); // prettier-ignore
    expect([...model.scores(nobody)]).toEqual([0, 0, 0, 1]);
  });
  it('is the same model after its state went through a structured clone', async () => {
    const model = await popularity.train(rows([[0, 2, 1]]), {}, 1);
    expect([...popularity.restore(structuredClone(model.state)).scores(nobody)]).toEqual([0, 0, 1, 0]);
  });
});
