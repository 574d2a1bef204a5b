import { z } from 'zod';
import { SCOPES } from '../common/access.js';
import type { ApiKey } from './api-key.entity.js';
import { plainText } from './plain-text.js';

export const newKeyBodySchema = z.strictObject({
  name: plainText(100),
  scopes: z
    .array(z.enum(SCOPES))
    .min(1)
    .max(SCOPES.length)
    .transform((scopes) => [...new Set(scopes)]),
  expiresAt: z.iso
    .datetime({ offset: true })
    .refine((time) => Date.parse(time) > Date.now(), 'must lie ahead')
    .nullable()
    .default(null),
});
export type NewKeyBody = z.output<typeof newKeyBodySchema>;

export const keySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    scopes: z.array(z.enum(SCOPES)),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.iso.datetime().nullable(),
    expiresAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ApiKey' });
export type KeyDto = z.output<typeof keySchema>;

export const keysSchema = z.object({ items: z.array(keySchema) }).meta({ id: 'ApiKeys' });
export type KeysDto = z.output<typeof keysSchema>;

/** The one answer that holds the key itself. */
export const madeKeySchema = keySchema.extend({ key: z.string() }).meta({ id: 'MadeApiKey' });
export type MadeKeyDto = z.output<typeof madeKeySchema>;

export const toKeyDto = (key: ApiKey): KeyDto => ({
  id: key.id,
  name: key.name,
  scopes: key.scopes,
  createdAt: key.createdAt.toISOString(),
  lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  expiresAt: key.expiresAt?.toISOString() ?? null,
});
