/** Lists of keyed things, edited: pure, and ignorant of what sounds. */
interface Keyed {
  readonly key: number;
}

/** Something that was taken out, and what followed it then (null: nothing), so that it finds its place again. */
export interface TakenOut<T extends Keyed> {
  readonly item: T;
  readonly before: number | null;
}

export const takenOut = <T extends Keyed>(
  items: readonly T[],
  keys: ReadonlySet<number>,
): readonly TakenOut<T>[] =>
  items.flatMap((item, at) => (keys.has(item.key) ? [{ item, before: items[at + 1]?.key ?? null }] : []));

/** From the last one on, for what followed it may have been taken out with it. */
export const putBack = <T extends Keyed>(
  items: readonly T[],
  taken: readonly TakenOut<T>[],
): readonly T[] => {
  const following = new Map<number | null, T[]>();
  for (const { item, before } of taken) following.set(before, [...(following.get(before) ?? []), item]);
  const standing = new Set(items.map(({ key }) => key));
  const back = new Set(taken.map(({ item }) => item.key));
  const list: T[] = [];
  const place = (item: T): void => {
    for (const earlier of following.get(item.key) ?? []) if (!standing.has(earlier.key)) place(earlier);
    list.push(item);
  };
  for (const item of items) place(item);
  for (const { item, before } of taken) {
    // What followed it has gone by now, or nothing did: it ends the list.
    const isLost = before === null || (!standing.has(before) && !back.has(before));
    if (isLost && !standing.has(item.key)) place(item);
  }
  return list;
};

/** They become one block, in the order they stand in, in front of `before`, or at the end. */
export const movedBlock = <T extends Keyed>(
  items: readonly T[],
  keys: ReadonlySet<number>,
  before: number | null,
): readonly T[] => {
  const block = items.filter(({ key }) => keys.has(key));
  const target = before === null ? -1 : items.findIndex(({ key }) => key === before);
  const rest = items.filter(({ key }) => !keys.has(key));
  // In front of one of themselves is in front of what follows it and stays.
  const anchor = target < 0 ? undefined : items.slice(target).find(({ key }) => !keys.has(key));
  const at = anchor === undefined ? rest.length : rest.indexOf(anchor);
  return [...rest.slice(0, at), ...block, ...rest.slice(at)];
};

export const insertedAfter = <T extends Keyed>(
  items: readonly T[],
  key: number,
  added: readonly T[],
): readonly T[] => {
  const at = items.findIndex((item) => item.key === key);
  return at < 0 ? [...items, ...added] : [...items.slice(0, at + 1), ...added, ...items.slice(at + 1)];
};
