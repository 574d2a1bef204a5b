/** Between two entries that were put there one after the other: thirty and more fit in between before a list is spread anew. */
export const GAP = 2 ** 32;
/** Positions are read as JavaScript numbers; beyond this a list is spread anew around 0. */
const FURTHEST = 2 ** 52;

/**
 * Pure: positions for `count` entries between two neighbours, null for the beginning or the end of the list.
 * @returns null when there is no room left between them
 */
export const positionsBetween = (
  after: number | null,
  before: number | null,
  count: number,
): readonly number[] | null => {
  const step = stepBetween(after, before, count);
  if (step < 1) return null;
  const first = after === null ? (before ?? GAP) - step * count : after + step;
  const positions = Array.from({ length: count }, (_, at) => first + step * at);
  return positions.every((position) => Math.abs(position) <= FURTHEST) ? positions : null;
};

const stepBetween = (after: number | null, before: number | null, count: number): number =>
  after === null || before === null ? GAP : Math.floor((before - after) / (count + 1));
