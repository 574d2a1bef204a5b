const DAY_MS = 86_400_000;

/** Pure: the number of a week in its year by ISO 8601, of the Monday that it begins with (`2026-11-16` is 47). */
export const issueNumber = (monday: string): number => {
  const thursday = new Date(Date.parse(`${monday}T00:00:00Z`) + 3 * DAY_MS);
  const newYear = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return 1 + Math.floor((thursday.getTime() - newYear) / (7 * DAY_MS));
};

/** Pure: the Monday after, as `2026-11-30`. */
export const nextMonday = (monday: string): string =>
  new Date(Date.parse(`${monday}T00:00:00Z`) + 7 * DAY_MS).toISOString().slice(0, 10);
