import { z } from 'zod';
import { trackSummarySchema } from '../catalog/catalog.dto.js';

const trackIds = z.array(z.uuid()).max(500);

export const SEED_KINDS = ['track', 'album', 'artist', 'playlist', 'genre'] as const;

export const radioBodySchema = z
  .strictObject({
    /** Null: goes on from what was heard, as at the end of a queue. */
    seed: z.strictObject({ kind: z.enum(SEED_KINDS), id: z.uuid() }).nullable(),
    /** In the order it was heard; none of it comes again. */
    heard: trackIds.default([]),
    /** What was skipped of it: the radio turns away from that. */
    skipped: trackIds.default([]),
    limit: z.int().min(1).max(50).default(20),
  })
  .refine(({ seed, heard }) => seed !== null || heard.length > 0, {
    path: ['heard'],
    error: 'a radio begins with something',
  });
export type RadioBody = z.output<typeof radioBodySchema>;
export type RadioSeed = NonNullable<RadioBody['seed']>;

/** `model` and `path` as in Discover Weekly. */
export const tracksFromModelSchema = z
  .object({ model: z.string().nullable(), path: z.string(), items: z.array(trackSummarySchema) })
  .meta({ id: 'RecommendedTracks' });
export type TracksFromModel = z.output<typeof tracksFromModelSchema>;
