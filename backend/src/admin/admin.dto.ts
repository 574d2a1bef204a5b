import { z } from 'zod';

export const healthSchema = z
  .object({
    status: z.enum(['ok', 'degraded']),
    version: z.string(),
    problems: z.array(z.object({ code: z.string(), message: z.string() })),
  })
  .meta({ id: 'Health' });
