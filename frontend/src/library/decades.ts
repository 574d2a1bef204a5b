export interface Decade {
  readonly from: number;
  readonly to: number;
  readonly albums: number;
}

/** Years as people name them, the newest first. */
export const decadesOf = (
  years: readonly { readonly year: number; readonly albumCount: number }[],
): readonly Decade[] => {
  const counts = new Map<number, number>();
  for (const { year, albumCount } of years) {
    const from = Math.floor(year / 10) * 10;
    counts.set(from, (counts.get(from) ?? 0) + albumCount);
  }
  return [...counts]
    .sort(([one], [other]) => other - one)
    .map(([from, albums]) => ({ from: Math.max(1, from), to: from + 9, albums }));
};
