import { z } from 'zod';
import { trackSummarySchema } from '../catalog/catalog.dto.js';
import { REASON_KINDS } from './reason.js';

const weekSchema = z.iso.date();

export const weeklyQuerySchema = z.object({ week: weekSchema.optional() });
export type WeeklyQuery = z.output<typeof weeklyQuerySchema>;

export const weeklyReasonSchema = z
  .object({
    /** `none`: it was true when the list was made, and is not any more. */
    kind: z.enum(REASON_KINDS),
    /** One sentence; a page has its own words for the kind. */
    text: z.string(),
    /** What the listener really played, the most important first. */
    trackIds: z.array(z.string()),
    /** The same with their names and their shares of all that speaks for the track. */
    tracks: z.array(z.object({ id: z.string(), title: z.string(), artist: z.string(), share: z.number() })),
    /** The name of the genre or artist that it speaks of. */
    about: z.string().nullable(),
    /** How many people here play the track. */
    listeners: z.int(),
  })
  .meta({ id: 'RecommendationReason' });
export type WeeklyReason = z.output<typeof weeklyReasonSchema>;

export const weeklySchema = z
  .object({
    /** Its Monday, in the listener's time zone. */
    week: z.string(),
    /** The version of the model; null where none had a part in it. */
    model: z.string().nullable(),
    /** Which way was taken: a rung of the ladder, `history`, or `start` for somebody of whom nothing is known. */
    path: z.string(),
    madeAt: z.iso.datetime(),
    items: z.array(
      z.object({
        track: trackSummarySchema,
        /** From 0, at home, to 100. */
        novelty: z.int(),
        movement: z.literal([1, 2, 3]),
        /** Put in to learn from. */
        isExploration: z.boolean(),
        reason: weeklyReasonSchema,
      }),
    ),
    /** The weeks that are kept, newest first. */
    weeks: z.array(z.string()),
  })
  .meta({ id: 'DiscoverWeekly' });
export type Weekly = z.output<typeof weeklySchema>;

export const weeklyPlaylistSchema = z.strictObject({
  week: weekSchema.optional(),
  title: z.string().trim().min(1).max(200).optional(),
});
export type WeeklyPlaylist = z.output<typeof weeklyPlaylistSchema>;
