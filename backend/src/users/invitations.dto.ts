import { z } from 'zod';
import { ROLES } from '../common/access.js';
import { pageSchema } from '../common/page.js';
import type { Invitation } from './invitation.entity.js';
import { plainText } from './plain-text.js';
import { setupBodySchema } from './users.dto.js';

const token = z.string().max(200);

export const newInvitationBodySchema = z.strictObject({
  role: z.enum(ROLES),
  note: plainText(200).or(z.literal('')).default(''),
  expiresInDays: z.int().min(1).max(90).default(7),
});
export type NewInvitationBody = z.output<typeof newInvitationBodySchema>;

export const tokenBodySchema = z.strictObject({ token });
export type TokenBody = z.output<typeof tokenBodySchema>;

export const acceptBodySchema = setupBodySchema.extend({ token });
export type AcceptBody = z.output<typeof acceptBodySchema>;

export const invitationSchema = z
  .object({
    id: z.string(),
    role: z.enum(ROLES),
    note: z.string(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    usedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Invitation' });
export type InvitationDto = z.output<typeof invitationSchema>;
export const invitationPageSchema = pageSchema(invitationSchema);

/** The one answer that holds the token; the link is `/join#token`, so that no server's log ever sees it. */
export const madeInvitationSchema = invitationSchema
  .extend({ token: z.string() })
  .meta({ id: 'MadeInvitation' });
export type MadeInvitationDto = z.output<typeof madeInvitationSchema>;

/** What its link is good for, for whoever holds it. */
export const openInvitationSchema = invitationSchema
  .pick({ role: true, expiresAt: true })
  .meta({ id: 'OpenInvitation' });
export type OpenInvitationDto = z.output<typeof openInvitationSchema>;

export const toInvitationDto = (row: Invitation): InvitationDto => ({
  id: row.id,
  role: row.role,
  note: row.note,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
  usedAt: row.usedAt?.toISOString() ?? null,
});
