import { keepRows, type Histories } from './histories.js';
import { seededRandom, shuffle } from './random.js';

export interface Split {
  readonly train: Histories;
  readonly test: Histories;
}

/** A share of each listener's items, at least one, but none of those who have only one. */
export const holdOut = (data: Histories, share: number, seed: number): Split => {
  const random = seededRandom(seed);
  const isHeld = new Uint8Array(data.items.length);
  for (let user = 0; user < data.userCount; user++) {
    const from = data.starts[user] ?? 0;
    const count = (data.starts[user + 1] ?? 0) - from;
    if (count < 2) continue;
    const places = shuffle(Int32Array.from({ length: count }, (_, at) => from + at), random);
    for (const place of places.subarray(0, Math.max(1, Math.round(share * count)))) isHeld[place] = 1;
  }
  return {
    train: keepRows(data, (at) => isHeld[at] === 0),
    test: keepRows(data, (at) => isHeld[at] === 1 && (data.weights[at] ?? 0) > 0),
  };
};
