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

/** Everything up to and with `index` stays where it is: what played has played. */
export const shuffledUpcoming = <T>(items: readonly T[], index: number, seed: number): readonly T[] => {
  const next = random(seed);
  return [
    ...items.slice(0, index + 1),
    ...items
      .slice(index + 1)
      .map((item) => ({ item, order: next() }))
      .sort((a, b) => a.order - b.order)
      .map(({ item }) => item),
  ];
};

/** getRandomValues exists on plain HTTP too, where crypto.randomUUID does not. */
export const randomSeed = (): number => crypto.getRandomValues(new Uint32Array(1))[0] ?? 1;
