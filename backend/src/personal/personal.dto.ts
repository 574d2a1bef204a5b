import { z } from 'zod';

/** A list of rows a name; which rows, says each room (`personal-*.ts`). */
export const personalExportSchema = z
  .object({
    format: z.literal('kanade-export'),
    version: z.literal(1),
    exportedAt: z.iso.datetime(),
  })
  .catchall(z.array(z.record(z.string(), z.unknown())))
  .meta({ id: 'PersonalExport' });

export const deletionBodySchema = z.strictObject({ password: z.string().max(1000) });
export type DeletionBody = z.output<typeof deletionBodySchema>;
