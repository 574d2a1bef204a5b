import { z } from 'zod';
import { artistSummarySchema, trackSummarySchema } from '../catalog/catalog.dto.js';
import { pageSchema } from '../common/page.js';
import { isTimeZone } from '../plays/statistics.dto.js';

const adventureSchema = z.int().min(-2).max(2);
const timeZoneSchema = z.string().max(64).refine(isTimeZone, 'must be the name of a time zone');

export const tasteSchema = z
  .object({
    /** From -2, what one knows, to 2, what is new. */
    adventure: adventureSchema,
    /** Whose Monday begins the week. */
    timeZone: z.string(),
    /** What one did before says nothing of one's taste. */
    beganAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Taste' });
export type Taste = z.output<typeof tasteSchema>;

/** What is left out stays. */
export const tasteChangeSchema = z.strictObject({
  adventure: adventureSchema.optional(),
  timeZone: timeZoneSchema.optional(),
});
export type TasteChange = z.output<typeof tasteChangeSchema>;

export const newBlockSchema = z.strictObject({ kind: z.enum(['track', 'artist']), id: z.uuid() });
export type NewBlock = z.output<typeof newBlockSchema>;

const common = { id: z.string(), blockedAt: z.iso.datetime() };

/** `item` is null where one does not see it any more. */
export const blockSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('track'), ...common, item: trackSummarySchema.nullable() }),
    z.object({ kind: z.literal('artist'), ...common, item: artistSummarySchema.nullable() }),
  ])
  .meta({ id: 'TasteBlock' });
export type Block = z.output<typeof blockSchema>;
export const blockPageSchema = pageSchema(blockSchema);

/** A playlist, or a stretch of time of at most a week. */
export const newExclusionSchema = z.union([
  z.strictObject({ playlistId: z.uuid() }),
  z
    .strictObject({ from: z.iso.datetime({ offset: true }), to: z.iso.datetime({ offset: true }) })
    .refine(({ from, to }) => Date.parse(from) < Date.parse(to), 'must end after it begins')
    .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= 7 * 86_400_000, 'must be a week at most'),
]);
export type NewExclusion = z.output<typeof newExclusionSchema>;

export const exclusionSchema = z
  .object({
    id: z.string(),
    playlistId: z.string().nullable(),
    /** Null for a stretch of time, and for a playlist that is gone or that one does not see any more. */
    title: z.string().nullable(),
    from: z.iso.datetime().nullable(),
    to: z.iso.datetime().nullable(),
    excludedAt: z.iso.datetime(),
  })
  .meta({ id: 'TasteExclusion' });
export type Exclusion = z.output<typeof exclusionSchema>;
export const exclusionPageSchema = pageSchema(exclusionSchema);
