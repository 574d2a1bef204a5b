import { z } from 'zod';
import { pageSchema } from '../common/page.js';

export const auditEntrySchema = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    actorName: z.string(),
    action: z.string(),
    targetId: z.string().nullable(),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntryDto = z.output<typeof auditEntrySchema>;

export const auditPageSchema = pageSchema(auditEntrySchema);
