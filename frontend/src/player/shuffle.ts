/** mulberry32: small, seeded, so that a shuffled order is a value that a test can name. */
const random = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

type GroupOf<T> = (item: T) => string;

/** How many of each group are left, and which group has the most: counts only fall, so the top is found as it falls. */
class Remaining {
  readonly #count = new Map<string, number>();
  readonly #groups = new Map<number, Set<string>>();
  #top = 0;

  constructor(groups: readonly string[]) {
    for (const group of groups) this.#count.set(group, (this.#count.get(group) ?? 0) + 1);
    for (const [group, count] of this.#count) {
      this.#groups.set(count, (this.#groups.get(count) ?? new Set()).add(group));
      this.#top = Math.max(this.#top, count);
    }
  }

  /** The one group that has to come now, or its members would stand beside each other later. */
  urgent(left: number): string | undefined {
    while (this.#top > 0 && !this.#groups.get(this.#top)?.size) this.#top -= 1;
    return this.#top * 2 > left ? this.#groups.get(this.#top)?.values().next().value : undefined;
  }

  take(group: string): void {
    const count = this.#count.get(group) ?? 0;
    this.#groups.get(count)?.delete(group);
    this.#count.set(group, count - 1);
    this.#groups.set(count - 1, (this.#groups.get(count - 1) ?? new Set()).add(group));
  }
}

/** Keeps the order as far as it can, but no two of a group beside each other where that can be avoided. */
const spread = <T>(items: readonly T[], groupOf: GroupOf<T>, previous: string | undefined): readonly T[] => {
  const left = items.map((item) => ({ item, group: groupOf(item) }));
  const remaining = new Remaining(left.map(({ group }) => group));
  const order: T[] = [];
  for (let last = previous; left.length > 0;) {
    const urgent = remaining.urgent(left.length);
    const fits = ({ group }: { readonly group: string }): boolean =>
      urgent === undefined ? group !== last : group === urgent;
    const [next] = left.splice(Math.max(0, left.findIndex(fits)), 1);
    if (next === undefined) break;
    order.push(next.item);
    remaining.take(next.group);
    last = next.group;
  }
  return order;
};

/** Everything up to and with `index` stays where it is: what played has played. What follows is mixed, and spread. */
export const shuffledUpcoming = <T>(
  items: readonly T[],
  index: number,
  seed: number,
  groupOf: GroupOf<T>,
): readonly T[] => {
  const next = random(seed);
  const mixed = items
    .slice(index + 1)
    .map((item) => ({ item, order: next() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
  const current = items[index];
  const previous = current === undefined ? undefined : groupOf(current);
  return [...items.slice(0, index + 1), ...spread(mixed, groupOf, previous)];
};

/** getRandomValues exists on plain HTTP too, where crypto.randomUUID does not. */
export const randomSeed = (): number => crypto.getRandomValues(new Uint32Array(1))[0] ?? 1;
