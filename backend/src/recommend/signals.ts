/**
 * How much each thing that a listener does says of a track, decided here and nowhere else. A weight is the sum over all
 * of it, each part halved for every 90 days of its age:
 * - a track heard nearly to its end: 1; a good part of it: 0.4; a skip: -0.3, and -0.6 from the second skip in what was
 *   recommended to them on; what nobody chose counts for half, so that the recommender does not learn from itself;
 * - what is repeated on one day is damped: 10 times on a day are not 10 days;
 * - liked: 3; put into a playlist: 2.
 * A play of an excluded playlist or stretch of time says nothing, nor does anything before a listener began anew.
 */
export const SIGNALS = {
  whole: { completion: 0.8, gain: 1 },
  part: { completion: 0.3, gain: 0.4 },
  skip: -0.3,
  repeatedSkip: -0.6,
  like: 3,
  playlistAdd: 2,
  passiveShare: 0.5,
  repeatExponent: 0.3,
  halfLifeDays: 90,
} as const;

/** Where a track was chosen for them. */
export const RECOMMENDED_SOURCES = ['radio', 'similar', 'discoverWeekly'] as const;

/** The day for which gains are kept; a gain of today is more than it would have been then. */
export const REFERENCE_DAY = '2026-01-01';

const DAY_MS = 86_400_000;

/** Pure: what a kept gain is multiplied with to be that of a moment. */
export const decayAt = (nowMs: number): number =>
  2 ** (-(nowMs - Date.parse(REFERENCE_DAY)) / DAY_MS / SIGNALS.halfLifeDays);

/** As a model takes them: neither one track played all day nor a single play decides. */
const SHAPE = { exponent: 0.3, least: 0.2, most: 4 } as const;

/** Pure: gains above nought of one listener as a model takes them, each beside the listener's own geometric mean. */
export const normalised = (gains: readonly number[]): number[] => {
  const mean = Math.exp(gains.reduce((sum, gain) => sum + Math.log(gain), 0) / Math.max(1, gains.length));
  return gains.map((gain) => Math.min(SHAPE.most, Math.max(SHAPE.least, (gain / mean) ** SHAPE.exponent)));
};
