import { z } from 'zod';
import { albumSummarySchema, artistSummarySchema, trackSummarySchema } from '../catalog/catalog.dto.js';
import { cursorSchema, limitSchema, pageSchema } from '../common/page.js';
import { playlistSummarySchema } from '../playlists/playlists.dto.js';
import { SEARCH_KINDS } from './kinds.js';

export const searchQuerySchema = z.object({
  q: z.string().max(200).default(''),
  type: z.enum(SEARCH_KINDS).optional(),
  limit: limitSchema.optional(),
  cursor: cursorSchema,
});
export type SearchQuery = z.output<typeof searchQuerySchema>;

export const searchAnswerSchema = z
  .object({
    /** The words that were searched instead, where nothing has those that were typed. */
    meant: z.string().nullable(),
    top: z
      .discriminatedUnion('type', [
        z.object({ type: z.literal('track'), item: trackSummarySchema }),
        z.object({ type: z.literal('album'), item: albumSummarySchema }),
        z.object({ type: z.literal('artist'), item: artistSummarySchema }),
        z.object({ type: z.literal('playlist'), item: playlistSummarySchema }),
      ])
      .nullable(),
    tracks: z.array(trackSummarySchema),
    albums: z.array(albumSummarySchema),
    artists: z.array(artistSummarySchema),
    playlists: z.array(playlistSummarySchema),
  })
  .meta({ id: 'SearchAnswer' });
export type SearchAnswer = z.output<typeof searchAnswerSchema>;

/** The kinds are named by `type`, so one page holds items of one kind. */
export const searchPageSchema = pageSchema(
  z.union([trackSummarySchema, albumSummarySchema, artistSummarySchema, playlistSummarySchema]),
);
export type SearchPage = z.output<typeof searchPageSchema>;
