import { z } from 'zod';
import { artworkSchema } from '../catalog/catalog.dto.js';
import { cursorSchema, limitSchema, MAX_LIMIT, pageSchema } from '../common/page.js';
import { queueBodySchema } from '../streaming/playback.dto.js';
import { plainText } from '../users/plain-text.js';

export const SHARED_KINDS = ['track', 'album', 'playlist'] as const;
export const sharedKindSchema = z.enum(SHARED_KINDS);
export type SharedKind = z.output<typeof sharedKindSchema>;

const MOST_PEOPLE = 100;

/** With people: for them alone, in their accounts. Without: a link, for whoever holds it. */
export const newShareBodySchema = z
  .strictObject({
    kind: sharedKindSchema,
    id: z.uuid().transform((id) => id.toLowerCase()),
    people: z.array(plainText(64)).max(MOST_PEOPLE).default([]),
    note: plainText(200).or(z.literal('')).default(''),
    expiresInDays: z.int().min(1).max(365).default(30),
  })
  .meta({ id: 'NewShare' });
export type NewShareBody = z.output<typeof newShareBodySchema>;

export const shareSchema = z
  .object({
    id: z.string(),
    kind: sharedKindSchema,
    itemId: z.string(),
    title: z.string(),
    note: z.string(),
    people: z.array(z.string()),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    ended: z.boolean(),
  })
  .meta({ id: 'Share' });
export type ShareDto = z.output<typeof shareSchema>;
export const sharePageSchema = pageSchema(shareSchema);

/** The one answer that holds the token; the link is `/share#token`, so that no server's log ever sees it. */
export const madeShareSchema = shareSchema.extend({ token: z.string().nullable() }).meta({ id: 'MadeShare' });
export type MadeShareDto = z.output<typeof madeShareSchema>;

const token = z.string().max(200);
// In a body, where numbers are numbers.
const place = { limit: z.int().min(1).max(MAX_LIMIT).default(100), cursor: cursorSchema };

export const shareLookBodySchema = z.strictObject({ token, ...place }).meta({ id: 'ShareLook' });
export type ShareLookBody = z.output<typeof shareLookBodySchema>;

export const sharePlaybackBodySchema = queueBodySchema.extend({ token }).meta({ id: 'SharePlayback' });
export type SharePlaybackBody = z.output<typeof sharePlaybackBodySchema>;

export const sharedQuerySchema = z.object({ limit: limitSchema, cursor: cursorSchema });
export type SharedQuery = z.output<typeof sharedQuerySchema>;

/** Names alone: nothing that leads from what is shared to anything else. */
export const sharedTrackSchema = z
  .object({
    id: z.string(),
    title: z.string(),
    durationMs: z.number().nullable(),
    artists: z.array(z.string()),
    album: z.string(),
  })
  .meta({ id: 'SharedTrack' });
export type SharedTrack = z.output<typeof sharedTrackSchema>;

export const sharedMusicSchema = pageSchema(sharedTrackSchema)
  .extend({
    kind: sharedKindSchema,
    title: z.string(),
    artists: z.array(z.string()),
    /** `url` holds `$Size$`, for one of the artwork's sizes, and is good for ten minutes. */
    artwork: artworkSchema.omit({ id: true }).extend({ url: z.string() }).nullable(),
    trackCount: z.int(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'SharedMusic' });
export type SharedMusic = z.output<typeof sharedMusicSchema>;

/** What others have shared with somebody by name. */
export const receivedShareSchema = z
  .object({
    id: z.string(),
    kind: sharedKindSchema,
    title: z.string(),
    from: z.string(),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'ReceivedShare' });
export type ReceivedShare = z.output<typeof receivedShareSchema>;
export const receivedPageSchema = pageSchema(receivedShareSchema);
