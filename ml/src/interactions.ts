/** What listeners did, as rows of numbers: `users[i]` gave `weights[i]` to `items[i]`; ids are 0-based row numbers. */
export interface Interactions {
  readonly userCount: number;
  readonly itemCount: number;
  readonly users: Int32Array;
  readonly items: Int32Array;
  readonly weights: Float32Array;
}

/** @throws RangeError when the columns differ in length, an id lies outside its count, or a weight is not finite. */
export const assertInteractions = (data: Interactions): void => {
  const { users, items, weights, userCount, itemCount } = data;
  if (users.length !== items.length || items.length !== weights.length)
    throw new RangeError(`columns differ in length: ${users.length}, ${items.length}, ${weights.length}`);
  for (let i = 0; i < users.length; i++) {
    const user = users[i] ?? -1;
    const item = items[i] ?? -1;
    if (user < 0 || user >= userCount) throw new RangeError(`row ${i}: user ${user} of ${userCount}`);
    if (item < 0 || item >= itemCount) throw new RangeError(`row ${i}: item ${item} of ${itemCount}`);
    if (!Number.isFinite(weights[i])) throw new RangeError(`row ${i}: weight ${weights[i]} is not finite`);
  }
};
