import { beforeAll, describe, expect, it } from '@jest/globals';
import { seededRandom } from '../data/random.js';
import { pushApart } from './push-apart.js';
import { openTensorFlow } from './tensorflow.js';
import { dotOfRows, unitRows } from './unit-rows.js';

const WIDTH = 8;
const TAU = 0.2;
const random = seededRandom(3);
const rows = (count: number) =>
  unitRows(
    Float32Array.from({ length: count * WIDTH }, () => random.normal()),
    WIDTH,
  ).rows;

/** With 64 bits and two loops, as the formula stands. */
const lossOf = (users: Float32Array, items: Float32Array): number => {
  let loss = 0;
  for (let user = 0; user < users.length; user += WIDTH) {
    let sum = 0;
    for (let item = 0; item < items.length; item += WIDTH)
      sum += Math.exp(dotOfRows(users, user, items, item, WIDTH) / TAU);
    loss += Math.log(sum);
  }
  return loss;
};

const slopeAt = (values: Float32Array<ArrayBuffer>, at: number, loss: () => number): number => {
  const kept = values[at] ?? 0;
  const lossWith = (value: number): number => {
    values[at] = value;
    return loss();
  };
  const [above, below] = [lossWith(kept + 2 ** -10), lossWith(kept - 2 ** -10)];
  values[at] = kept;
  return (above - below) / 2 ** -9;
};

describe('what pushes listeners away from all items', () => {
  const users = rows(7);
  const items = rows(11);
  beforeAll(() => openTensorFlow('wasm'));

  it('is the sum of log sum exp', () =>
    expect(pushApart({ users, items }, WIDTH, TAU).loss).toBeCloseTo(lossOf(users, items), 3));

  it.each([0, 13, 55])('has the gradient that small steps measure, at number %i', (at) => {
    const { gradient } = pushApart({ users, items }, WIDTH, TAU);
    expect(gradient.users[at]).toBeCloseTo(
      slopeAt(users, at, () => lossOf(users, items)),
      2,
    );
    expect(gradient.items[at]).toBeCloseTo(
      slopeAt(items, at, () => lossOf(users, items)),
      2,
    );
  });

  it('is the same in blocks as at once', () => {
    const whole = pushApart({ users, items }, WIDTH, TAU);
    const parts = pushApart({ users, items }, WIDTH, TAU, (2 * items.length) / WIDTH);
    expect(parts.loss).toBeCloseTo(whole.loss, 4);
    expect(parts.gradient.users).toEqual(whole.gradient.users);
    parts.gradient.items.forEach((value, at) =>
      expect(value).toBeCloseTo(whole.gradient.items[at] ?? NaN, 5),
    );
  });
});
