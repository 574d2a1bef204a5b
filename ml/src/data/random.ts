/** The same seed gives the same numbers on every machine; not for secrets. */
export interface Random {
  /** From 0 to below 1. */
  next(): number;
  /** A whole number from 0 to below `count`. */
  below(count: number): number;
  /** Mean 0, deviation 1. */
  normal(): number;
}

/** mulberry32: one 32-bit word of state, good enough to draw samples and first factors. */
export const seededRandom = (seed: number): Random => {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    below: (count) => Math.floor(next() * count),
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
};

/** A seed for each of several parts, so that what one part draws does not shift what another draws (FNV-1a). */
export const seedOf = (...parts: readonly (number | string)[]): number => {
  let hash = 0x811c9dc5;
  for (const char of parts.join('\u0000')) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
};

/** Fisher-Yates in place. */
export const shuffle = (values: Int32Array, random: Random): Int32Array => {
  for (let last = values.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    const held = values[last] ?? 0;
    values[last] = values[other] ?? 0;
    values[other] = held;
  }
  return values;
};
