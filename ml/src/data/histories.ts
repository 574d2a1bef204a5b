/** What one listener heard, also one that no model was trained with: items ascending, with their weights. */
export interface History {
  readonly items: Int32Array;
  /** Above 0: heard and liked, by how much; below 0: heard and turned away from. Never 0. */
  readonly weights: Float32Array;
}

/** Rows of listeners, compressed: the items of listener u are `items[starts[u]..starts[u + 1]]`, ascending. */
export interface Histories {
  readonly userCount: number;
  readonly itemCount: number;
  /** One more than there are listeners. */
  readonly starts: Int32Array;
  readonly items: Int32Array;
  readonly weights: Float32Array;
  /** Days since each was last heard, where that is known. */
  readonly ages?: Float32Array;
}

/** @throws RangeError when rows are not ascending, an item lies outside its count, or a weight is 0 or no number. */
export const assertHistories = ({ userCount, itemCount, starts, items, weights, ages }: Histories): void => {
  if (starts.length !== userCount + 1 || starts[0] !== 0 || starts[userCount] !== items.length)
    throw new RangeError(`starts do not span ${userCount} listeners and ${items.length} items`);
  if (items.length !== weights.length || (ages !== undefined && ages.length !== items.length))
    throw new RangeError(`columns differ in length: ${items.length}, ${weights.length}, ${ages?.length}`);
  for (let user = 0; user < userCount; user++) {
    let before = -1;
    for (let at = starts[user] ?? 0; at < (starts[user + 1] ?? -1); at++) {
      const item = items[at] ?? -1;
      const weight = weights[at] ?? 0;
      if (item <= before) throw new RangeError(`listener ${user}: item ${item} after ${before}`);
      if (item >= itemCount) throw new RangeError(`listener ${user}: item ${item} of ${itemCount}`);
      if (!Number.isFinite(weight) || weight === 0)
        throw new RangeError(`listener ${user}: weight ${weight} of item ${item}`);
      before = item;
    }
  }
};

/** A view, no copy. */
export const historyOf = ({ starts, items, weights }: Histories, user: number): History => {
  const [from, to] = [starts[user] ?? 0, starts[user + 1] ?? 0];
  return { items: items.subarray(from, to), weights: weights.subarray(from, to) };
};

const isLiked = (weight: number): boolean => weight > 0;

/** One listener without what was turned away from; the same object when there is none. */
export const likedOf = (history: History): History => {
  if (history.weights.every(isLiked)) return history;
  const places = Int32Array.from(history.items.keys()).filter((at) => isLiked(history.weights[at] ?? 0));
  return {
    items: places.map((at) => history.items[at] ?? 0),
    weights: Float32Array.from(places, (at) => history.weights[at] ?? 0),
  };
};

/** Everybody without what was turned away from: for models that know only "heard" and "not heard". */
export const withoutDislikes = (data: Histories): Histories =>
  data.weights.every(isLiked) ? data : keepRows(data, (at) => isLiked(data.weights[at] ?? 0));

/** The rows for which `keep` says yes to their place in the columns; listeners and items keep their numbers. */
export const keepRows = (data: Histories, keep: (at: number) => boolean): Histories => {
  const places: number[] = [];
  const starts = new Int32Array(data.userCount + 1);
  for (let user = 0; user < data.userCount; user++) {
    for (let at = data.starts[user] ?? 0; at < (data.starts[user + 1] ?? 0); at++) if (keep(at)) places.push(at);
    starts[user + 1] = places.length;
  }
  const { ages } = data;
  return {
    userCount: data.userCount,
    itemCount: data.itemCount,
    starts,
    items: Int32Array.from(places, (at) => data.items[at] ?? 0),
    weights: Float32Array.from(places, (at) => data.weights[at] ?? 0),
    ...(ages === undefined ? {} : { ages: Float32Array.from(places, (at) => ages[at] ?? 0) }),
  };
};

/** The same with listeners and items exchanged: row i holds who heard item i, ascending. */
export const transposed = ({ userCount, itemCount, starts, items, weights }: Histories): Histories => {
  const turned = new Int32Array(itemCount + 1);
  for (const item of items) turned[item + 1] = (turned[item + 1] ?? 0) + 1;
  for (let item = 0; item < itemCount; item++) turned[item + 1] = (turned[item + 1] ?? 0) + (turned[item] ?? 0);
  const next = turned.slice();
  const users = new Int32Array(items.length);
  const given = new Float32Array(items.length);
  for (let user = 0; user < userCount; user++)
    for (let at = starts[user] ?? 0; at < (starts[user + 1] ?? 0); at++) {
      const item = items[at] ?? 0;
      const place = next[item] ?? 0;
      next[item] = place + 1;
      users[place] = user;
      given[place] = weights[at] ?? 0;
    }
  return { userCount: itemCount, itemCount: userCount, starts: turned, items: users, weights: given };
};

/** How many rows each item has: by how many listeners it was heard. */
export const listenerCounts = ({ itemCount, items }: Histories): Float64Array => {
  const counts = new Float64Array(itemCount);
  for (const item of items) counts[item] = (counts[item] ?? 0) + 1;
  return counts;
};

/** How many rows each listener has. */
export const itemCounts = ({ userCount, starts }: Histories): Float64Array =>
  Float64Array.from({ length: userCount }, (_, user) => (starts[user + 1] ?? 0) - (starts[user] ?? 0));
