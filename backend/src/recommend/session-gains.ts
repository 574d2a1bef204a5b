const LAST = 10;
const DECAY = 0.8;
/** What the radio began with stays in it, however long it plays. */
const SEED_SHARE = 0.5;

/**
 * Pure: how much each track counts for what comes next: what was heard last the most, and what the radio began with as
 * much together as half of that. What was skipped does not count.
 */
export const sessionGains = (
  seeds: readonly string[],
  heard: readonly string[],
  skipped: ReadonlySet<string>,
): ReadonlyMap<string, number> => {
  const gains = new Map<string, number>();
  const lately = heard.filter((id) => !skipped.has(id)).slice(-LAST);
  lately.reverse().forEach((id, ago) => gains.set(id, (gains.get(id) ?? 0) + DECAY ** ago));
  const sum = [...gains.values()].reduce((all, gain) => all + gain, 0);
  const each = (sum === 0 ? 1 : sum * SEED_SHARE) / Math.max(1, seeds.length);
  for (const id of seeds) if (!skipped.has(id)) gains.set(id, (gains.get(id) ?? 0) + each);
  return gains;
};
