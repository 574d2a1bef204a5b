import { z } from 'zod';
import {
  albumSummarySchema,
  artistSummarySchema,
  refSchema,
  trackSummarySchema,
} from '../catalog/catalog.dto.js';
import { cursorSchema, limitSchema, pageSchema } from '../common/page.js';
import { HEARD_KINDS, RANGES, type Range } from './heard-sql.js';

export const heardKindSchema = z.enum(HEARD_KINDS);

const isRange = (text: string): text is Range => text in RANGES;
const ranges = Object.keys(RANGES).filter(isRange);

export const mostPlayedQuerySchema = z.object({
  limit: limitSchema,
  cursor: cursorSchema,
  range: z.enum(ranges).default('all'),
});
export type MostPlayedQuery = z.output<typeof mostPlayedQuerySchema>;

const thing = z.union([trackSummarySchema, albumSummarySchema, artistSummarySchema]);

export const mostPlayedSchema = z
  .object({ plays: z.int(), lastPlayedAt: z.iso.datetime(), item: thing })
  .meta({ id: 'MostPlayed' });
export type MostPlayed = z.output<typeof mostPlayedSchema>;
export const mostPlayedPageSchema = pageSchema(mostPlayedSchema);

/** A name that Intl knows; offsets are not names, and mean the opposite to Postgres. */
export const isTimeZone = (name: string): boolean => {
  try {
    Intl.DateTimeFormat('en', { timeZone: name });
    return /^[a-z]/i.test(name);
  } catch {
    return false;
  }
};

export const yearSchema = z
  .string()
  .regex(/^(19|2\d)\d\d$/, 'must be a year')
  .transform(Number);

export const yearQuerySchema = z.object({
  timeZone: z.string().max(64).refine(isTimeZone, 'must be the name of a time zone').default('UTC'),
});
export type YearQuery = z.output<typeof yearQuerySchema>;

const sums = { plays: z.int(), playedMs: z.int() };
const topOf = <T extends z.ZodType>(item: T) => z.array(z.object({ ...sums, item }));

/** Hours and months are those of the time zone that was asked for. `playedMs` is all that was heard, skips too. */
export const yearStatisticsSchema = z
  .object({
    year: z.int(),
    timeZone: z.string(),
    /** The first year of which there is anything. */
    firstYear: z.int().nullable(),
    ...sums,
    skips: z.int(),
    tracks: z.int(),
    albums: z.int(),
    artists: z.int(),
    months: z.array(z.object({ month: z.int(), ...sums })),
    hours: z.array(z.object({ hour: z.int(), ...sums })),
    topTracks: topOf(trackSummarySchema),
    topAlbums: topOf(albumSummarySchema),
    topArtists: topOf(artistSummarySchema),
    topGenres: topOf(refSchema),
  })
  .meta({ id: 'YearStatistics' });
export type YearStatistics = z.output<typeof yearStatisticsSchema>;
