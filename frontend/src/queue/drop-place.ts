/** Pure: in front of which row something is dropped that is held so far below the first row's top; `count`: behind all. */
export const dropPlace = (offsetPx: number, rowPx: number, count: number): number =>
  Math.min(count, Math.max(0, Math.round(offsetPx / rowPx)));

/** Pure: where a block goes that is moved one step; null where it stands at that end already. */
export const stepPlace = (
  order: readonly number[],
  keys: ReadonlySet<number>,
  step: -1 | 1,
): { readonly before: number | null } | null => {
  const places = order.flatMap((key, at) => (keys.has(key) ? [at] : []));
  const [first, last] = [places[0], places.at(-1)];
  if (first === undefined || last === undefined) return null;
  const isTogether = last - first === places.length - 1;
  // What does not stand together gathers first, at its end that lies ahead.
  if (!isTogether) return { before: (step < 0 ? order[first] : order[last + 1]) ?? null };
  if (step < 0) return first === 0 ? null : { before: order[first - 1] ?? null };
  return last === order.length - 1 ? null : { before: order[last + 2] ?? null };
};
