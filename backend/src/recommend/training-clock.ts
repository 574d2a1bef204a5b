const HOUR_MS = 3_600_000;
/** The house sleeps. */
const NIGHT = { from: 3, to: 6 } as const;
const AT_LEAST_BETWEEN_MS = 18 * HOUR_MS;
const AT_MOST_BETWEEN_MS = 30 * HOUR_MS;

/** Pure: whether a training is due, from the times at which the last one began, as it is told by a clock that may jump. */
export const isTrainingDue = (lastAtMs: number | null, now: Date): boolean => {
  if (lastAtMs === null) return true;
  const passedMs = now.getTime() - lastAtMs;
  // The clock was set back: the last one lies in what is the future now.
  if (passedMs < 0) return -passedMs > HOUR_MS;
  const isNight = now.getHours() >= NIGHT.from && now.getHours() < NIGHT.to;
  return passedMs >= (isNight ? AT_LEAST_BETWEEN_MS : AT_MOST_BETWEEN_MS);
};
