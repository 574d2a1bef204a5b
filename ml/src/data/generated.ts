import type { Histories } from './histories.js';
import { toHistories } from './interactions.js';
import { seededRandom } from './random.js';

export interface Tastes {
  readonly userCount: number;
  readonly itemCount: number;
  /** Rows drawn; those of one listener and item become one. */
  readonly rows: number;
  /** Listeners and items fall into so many tastes that share nothing but chance. */
  readonly tastes: number;
  /** Share of rows drawn from anywhere. */
  readonly noise: number;
}

/** Listeners with a taste each over items with a long tail: for tests and benches, where real plays may not go. */
export const generateHistories = (shape: Tastes, seed: number): Histories => {
  const { userCount, itemCount, rows, tastes, noise } = shape;
  const random = seededRandom(seed);
  /** Most rows go to the lowest numbers: the cube of an even draw. */
  const longTail = (count: number): number => Math.floor(count * random.next() ** 3);
  const users = new Int32Array(rows);
  const items = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    const user = random.below(userCount);
    const isNoise = random.next() < noise;
    const ofTaste = longTail(Math.floor(itemCount / tastes)) * tastes + (user % tastes);
    users[row] = user;
    items[row] = isNoise ? longTail(itemCount) : ofTaste;
  }
  return toHistories({ userCount, itemCount, users, items, weights: new Float32Array(rows).fill(1) });
};
