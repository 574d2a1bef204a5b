import { readFileSync } from 'node:fs';
import { toHistories } from '../data/interactions.js';
import type { Split } from '../data/splits.js';

/** A line a listener: `user item item …`, numbers from 0 up. @throws RangeError at a line that is something else. */
export const parseLists = (text: string, name: string): ReadonlyMap<number, ReadonlySet<number>> => {
  const lists = new Map<number, Set<number>>();
  text.split('\n').forEach((line, at) => {
    const words = line.trim().split(/\s+/).filter(Boolean);
    if (words.length === 0) return;
    const numbers = words.map(Number);
    if (numbers.some((number) => !Number.isInteger(number) || number < 0 || number > 2 ** 31 - 2))
      throw new RangeError(`${name}:${at + 1}: not a line of whole numbers from 0 up`);
    const [user = 0, ...items] = numbers;
    const list = lists.get(user) ?? new Set();
    items.forEach((item) => list.add(item));
    lists.set(user, list);
  });
  return lists;
};

const toColumns = (lists: ReadonlyMap<number, ReadonlySet<number>>, userCount: number, itemCount: number) => {
  const pairs = [...lists].flatMap(([user, items]) => [...items].map((item) => [user, item] as const));
  return toHistories({
    userCount,
    itemCount,
    users: Int32Array.from(pairs, ([user]) => user),
    items: Int32Array.from(pairs, ([, item]) => item),
    weights: new Float32Array(pairs.length).fill(1),
  });
};

/** Both files count the same listeners and items. */
export const readSplit = (trainFile: string, testFile: string): Split => {
  const [train, test] = [trainFile, testFile].map((file) => parseLists(readFileSync(file, 'utf8'), file));
  if (train === undefined || test === undefined) throw new RangeError('two files are needed');
  const most = (pick: (user: number, items: ReadonlySet<number>) => number): number =>
    [train, test]
      .flatMap((lists) => [...lists])
      .reduce((max, [user, items]) => Math.max(max, pick(user, items)), -1);
  const userCount = most((user) => user) + 1;
  const itemCount = most((_, items) => [...items].reduce((max, item) => Math.max(max, item), -1)) + 1;
  return { train: toColumns(train, userCount, itemCount), test: toColumns(test, userCount, itemCount) };
};
