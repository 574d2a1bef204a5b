import { type Histories } from './histories.js';

/** What listeners did, as rows of numbers in any order: `users[i]` gave `weights[i]` to `items[i]`; numbers are 0-based. */
export interface Interactions {
  readonly userCount: number;
  readonly itemCount: number;
  readonly users: Int32Array;
  readonly items: Int32Array;
  readonly weights: Float32Array;
  /** Days since it was done, where that is known. */
  readonly ages?: Float32Array;
}

/** @throws RangeError when the columns differ in length, a number lies outside its count, or a weight is not finite. */
export const assertInteractions = (data: Interactions): void => {
  const { users, items, weights, ages, userCount, itemCount } = data;
  if (users.length !== items.length || items.length !== weights.length)
    throw new RangeError(`columns differ in length: ${users.length}, ${items.length}, ${weights.length}`);
  if (ages !== undefined && ages.length !== items.length)
    throw new RangeError(`columns differ in length: ${items.length}, ${ages.length}`);
  for (let i = 0; i < users.length; i++) {
    const user = users[i] ?? -1;
    const item = items[i] ?? -1;
    if (user < 0 || user >= userCount) throw new RangeError(`row ${i}: user ${user} of ${userCount}`);
    if (item < 0 || item >= itemCount) throw new RangeError(`row ${i}: item ${item} of ${itemCount}`);
    if (!Number.isFinite(weights[i])) throw new RangeError(`row ${i}: weight ${weights[i]} is not finite`);
  }
};

/**
 * Rows of one listener and one item become one: weights are summed (those that sum to 0 are left out), the youngest
 * age stays.
 * @throws RangeError when the interactions are not well-formed.
 */
export const toHistories = (data: Interactions): Histories => {
  assertInteractions(data);
  const { users, items, userCount, itemCount, ages } = data;
  const order = Int32Array.from(users.keys()).sort(
    (a, b) => (users[a] ?? 0) - (users[b] ?? 0) || (items[a] ?? 0) - (items[b] ?? 0) || a - b,
  );
  const starts = new Int32Array(userCount + 1);
  const kept = { items: new Int32Array(order.length), weights: new Float32Array(order.length) };
  const keptAges = new Float32Array(ages === undefined ? 0 : order.length);
  let count = 0;
  for (let from = 0; from < order.length; ) {
    const first = order[from] ?? 0;
    let weight = 0;
    let age = Infinity;
    let to = from;
    for (; to < order.length; to++) {
      const row = order[to] ?? 0;
      if (users[row] !== users[first] || items[row] !== items[first]) break;
      weight += data.weights[row] ?? 0;
      age = Math.min(age, ages?.[row] ?? Infinity);
    }
    from = to;
    // What is 0 after rounding to 32 bits is 0 for everybody who reads it.
    if (Math.fround(weight) === 0) continue;
    kept.items[count] = items[first] ?? 0;
    kept.weights[count] = weight;
    if (ages !== undefined) keptAges[count] = age;
    count += 1;
    const user = users[first] ?? 0;
    starts[user + 1] = count;
  }
  for (let user = 0; user < userCount; user++)
    starts[user + 1] = Math.max(starts[user + 1] ?? 0, starts[user] ?? 0);
  return {
    userCount,
    itemCount,
    starts,
    items: kept.items.slice(0, count),
    weights: kept.weights.slice(0, count),
    ...(ages === undefined ? {} : { ages: keptAges.slice(0, count) }),
  };
};
