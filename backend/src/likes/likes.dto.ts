import { z } from 'zod';
import { albumSummarySchema, artistSummarySchema, trackSummarySchema } from '../catalog/catalog.dto.js';
import { MAX_LIMIT, pageSchema } from '../common/page.js';

export const LIKED_KINDS = ['track', 'album', 'artist'] as const;
export const likedKindSchema = z.enum(LIKED_KINDS);
export type LikedKind = z.output<typeof likedKindSchema>;

const rating = z.int().min(1).max(5).nullable();

/** What is left out stays. Only artists are followed. */
export const opinionChangeSchema = z
  .strictObject({
    liked: z.boolean().optional(),
    rating: rating.optional(),
    followed: z.boolean().optional(),
  })
  .meta({ id: 'OpinionChange' });
export type OpinionChange = z.output<typeof opinionChangeSchema>;

export const opinionSchema = z
  .object({ id: z.string(), liked: z.boolean(), rating, followed: z.boolean() })
  .meta({ id: 'Opinion' });
export type Opinion = z.output<typeof opinionSchema>;

/** Of the rows of a page, all at once. */
export const lookBodySchema = z
  .strictObject({ kind: likedKindSchema, ids: z.array(z.uuid()).max(MAX_LIMIT) })
  .meta({ id: 'OpinionLook' });
export type LookBody = z.output<typeof lookBodySchema>;

/** Those of which nothing is thought are left out. */
export const opinionsSchema = z.object({ items: z.array(opinionSchema) }).meta({ id: 'Opinions' });
export type Opinions = z.output<typeof opinionsSchema>;

export const likedSchema = z
  .object({
    likedAt: z.iso.datetime(),
    item: z.union([trackSummarySchema, albumSummarySchema, artistSummarySchema]),
  })
  .meta({ id: 'Liked' });
export type Liked = z.output<typeof likedSchema>;
export const likedPageSchema = pageSchema(likedSchema);

export const followedSchema = z
  .object({ followedAt: z.iso.datetime(), item: artistSummarySchema })
  .meta({ id: 'Followed' });
export type Followed = z.output<typeof followedSchema>;
export const followedPageSchema = pageSchema(followedSchema);
