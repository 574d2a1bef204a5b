import { z } from 'zod';
import { albumSummarySchema, trackSummarySchema } from '../catalog/catalog.dto.js';

export const ALBUM_ROWS = ['continue', 'recentlyAdded'] as const;
export const TRACK_ROWS = ['mostPlayed', 'forgottenFavourites', 'liked', 'newTracks'] as const;
export type HomeRowKind = (typeof ALBUM_ROWS)[number] | (typeof TRACK_ROWS)[number];

export const homeSchema = z
  .object({
    /** In the order in which they are shown; one without anything in it is absent. */
    rows: z.array(
      z.discriminatedUnion('type', [
        z.object({
          kind: z.enum(ALBUM_ROWS),
          type: z.literal('album'),
          items: z.array(albumSummarySchema),
        }),
        z.object({
          kind: z.enum(TRACK_ROWS),
          type: z.literal('track'),
          items: z.array(trackSummarySchema),
        }),
      ]),
    ),
    /** The outline of Discover Weekly; null until one is made of what the listener plays. */
    weekly: z
      .object({
        /** Its Monday. */
        week: z.string(),
        items: z.array(
          z.object({ track: trackSummarySchema, novelty: z.int(), movement: z.literal([1, 2, 3]) }),
        ),
      })
      .nullable(),
  })
  .meta({ id: 'Home' });
export type Home = z.output<typeof homeSchema>;
export type HomeRow = Home['rows'][number];
