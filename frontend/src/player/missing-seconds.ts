/** How much of a stretch lies in none of the ranges. */
export const missingSeconds = (
  ranges: Pick<TimeRanges, 'length' | 'start' | 'end'>,
  fromSeconds: number,
  untilSeconds: number,
): number => {
  let missing = untilSeconds - fromSeconds;
  for (let at = 0; at < ranges.length; at += 1) {
    const covered = Math.min(untilSeconds, ranges.end(at)) - Math.max(fromSeconds, ranges.start(at));
    missing -= Math.max(0, covered);
  }
  return missing;
};
