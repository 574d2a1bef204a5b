const VERSION = /^m(\d{15})$/;

/** Milliseconds since 1970 in fifteen digits: the order of names is the order of models. */
const named = (milliseconds: number): string => `m${String(milliseconds).padStart(15, '0')}`;

export const isVersion = (name: string): boolean => VERSION.test(name);

/** Pure: later than all there are, also when the clock went back. */
export const nextVersion = (now: Date, existing: readonly string[]): string =>
  named(Math.max(now.getTime(), ...existing.map((version) => Number(VERSION.exec(version)?.[1] ?? 0) + 1)));
