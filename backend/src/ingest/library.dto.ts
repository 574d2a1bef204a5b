import { z } from 'zod';

export const libraryStatusSchema = z
  .object({
    scanning: z.boolean(),
    files: z.object({
      found: z.int(),
      ready: z.int(),
      pending: z.int(),
      rejected: z.int(),
      missing: z.int(),
    }),
    rejections: z.array(z.object({ path: z.string(), code: z.string(), reason: z.string() })),
    /** Folders that are there and could not be looked into. */
    unreadable: z.array(z.object({ path: z.string(), code: z.string(), reason: z.string() })),
    /** Files that play, but not as what lies beside them wants: a CUE sheet that is wrong. */
    warnings: z.array(z.object({ path: z.string(), code: z.string(), reason: z.string() })),
    libraries: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        path: z.string(),
        held: z.object({ code: z.string(), reason: z.string() }).nullable(),
        lastScannedAt: z.iso.datetime().nullable(),
      }),
    ),
    work: z.object({ analysing: z.int(), encoding: z.int() }),
  })
  .meta({ id: 'LibraryStatus' });
export type LibraryStatus = z.output<typeof libraryStatusSchema>;

export const confirmBodySchema = z.strictObject({ libraryId: z.uuid() }).meta({ id: 'ConfirmLoss' });
export type ConfirmBody = z.output<typeof confirmBodySchema>;
