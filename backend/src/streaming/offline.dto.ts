import { z } from 'zod';

/** As many as a page of any list. */
export const MAX_KEPT_AT_ONCE = 500;

export const keptTracksBodySchema = z.strictObject({
  trackIds: z
    .array(z.uuid().transform((id) => id.toLowerCase()))
    .min(1)
    .max(MAX_KEPT_AT_ONCE),
});
export type KeptTracksBody = z.infer<typeof keptTracksBodySchema>;

export const keptTracksSchema = z
  .object({
    kept: z.array(
      z.object({
        trackId: z.string(),
        /** Names the sound, as in the addresses of its segments; null while that is not known. */
        version: z.string().nullable(),
      }),
    ),
    refused: z.array(z.string()),
    keepUntil: z.iso.datetime(),
  })
  .meta({ id: 'KeptTracks' });
export type KeptTracksDto = z.infer<typeof keptTracksSchema>;
