import { z } from 'zod';
import { artworkSchema, trackSummarySchema } from '../catalog/catalog.dto.js';
import { cursorSchema, limitSchema, pageSchema } from '../common/page.js';
import { plainText } from '../users/plain-text.js';
import { rulesSchema } from '../smart-lists/rules.js';

export const VISIBILITIES = ['private', 'shared', 'collaborative'] as const;
export const MOST_AT_ONCE = 10_000;
export const MOST_ENTRIES = 100_000;
export const MOST_PLAYLISTS = 5_000;
const MOST_MEMBERS = 200;

const id = z.uuid().toLowerCase();
export const revisionSchema = z.int().min(1);
const person = z.object({ id: z.string(), username: z.string() });

const title = plainText(200);
/** Several lines, otherwise as a name: nothing that hides or turns what stands after it. */
const description = z
  .string()
  .trim()
  .max(2000)
  .regex(/^(?:[^\p{Cc}\u202a-\u202e\u2066-\u2069]|\n)*$/u, 'must not hold control characters');
const visibility = z.enum(VISIBILITIES);
/** By name: nobody but administrators can look ids up. */
const members = z.array(z.string().trim().min(1).max(64)).max(MOST_MEMBERS);

export const playlistListSchema = z.object({
  limit: limitSchema,
  cursor: cursorSchema,
  /** `own`: also those one is named for. */
  scope: z.enum(['all', 'own', 'shared']).default('all'),
});
export type PlaylistList = z.output<typeof playlistListSchema>;

export const newPlaylistSchema = z
  .strictObject({
    title,
    description: description.default(''),
    visibility: visibility.default('private'),
    members: members.default([]),
    trackIds: z.array(id).max(MOST_AT_ONCE).default([]),
    /** A smart list: what stands in it is found whenever it is read. */
    rules: rulesSchema.optional(),
  })
  .refine(({ rules, trackIds }) => rules === undefined || trackIds.length === 0, {
    path: ['trackIds'],
    error: 'a smart playlist holds what its rules find',
  })
  .meta({ id: 'NewPlaylist' });
export type NewPlaylist = z.output<typeof newPlaylistSchema>;

/** What is left out stays; `members` are all who are named from now on. */
export const playlistChangeSchema = z
  .strictObject({
    revision: revisionSchema,
    title: title.optional(),
    description: description.optional(),
    visibility: visibility.optional(),
    members: members.optional(),
    /** Of smart lists alone. */
    rules: rulesSchema.optional(),
  })
  .meta({ id: 'PlaylistChange' });
export type PlaylistChange = z.output<typeof playlistChangeSchema>;

export const LARGEST_COVER_BYTES = 20 << 20;

/** Where the body is a picture. */
export const coverQuerySchema = z.object({ revision: z.coerce.number().pipe(revisionSchema) });
export type CoverQuery = z.output<typeof coverQuerySchema>;

export const playlistSummarySchema = z
  .object({
    id: z.string(),
    title: z.string(),
    description: z.string(),
    visibility,
    owner: person,
    /** Whether the asker may change its entries; everything else is the owner's. */
    canEdit: z.boolean(),
    revision: z.int(),
    kind: z.enum(['ordered', 'smart']),
    /** Null in a list of smart ones, which are counted only one by one. */
    entryCount: z.int().nullable(),
    /** The cover that was uploaded. */
    artwork: artworkSchema.nullable(),
    /** Those of its first albums, four at most: what it looks like without one of its own. */
    covers: z.array(artworkSchema),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'PlaylistSummary' });
export type PlaylistSummary = z.output<typeof playlistSummarySchema>;

export const playlistSchema = playlistSummarySchema
  .extend({
    /** Who edits it together with its owner; told to them alone. */
    members: z.array(person),
    rules: rulesSchema.nullable(),
    /** Of what the asker can hear at the moment. */
    playableCount: z.int(),
    durationMs: z.int(),
  })
  .meta({ id: 'Playlist' });
export type Playlist = z.output<typeof playlistSchema>;
export const playlistPageSchema = pageSchema(playlistSummarySchema);

export const entrySchema = z
  .object({
    id: z.string(),
    /** Null: nothing the asker can hear, be it that the file is gone or that its library is closed to them. */
    track: trackSummarySchema.nullable(),
    addedBy: person.nullable(),
    addedAt: z.iso.datetime(),
  })
  .meta({ id: 'PlaylistEntry' });
export type Entry = z.output<typeof entrySchema>;
/** Pages of one revision belong together. */
export const entryPageSchema = pageSchema(entrySchema).extend({ revision: z.int() });
export type EntryPage = z.output<typeof entryPageSchema>;

/** In front of which entry; null: behind the last one. */
const before = id.nullable().default(null);
const entryIds = z.array(id).min(1).max(MOST_AT_ONCE);

export const addEntriesSchema = z
  .strictObject({
    revision: revisionSchema,
    trackIds: z.array(id).min(1).max(MOST_AT_ONCE),
    before,
    /** Of tracks that stand there already: also, not again, or none of all. */
    duplicates: z.enum(['add', 'skip', 'refuse']).default('add'),
  })
  .meta({ id: 'AddEntries' });
export type AddEntries = z.output<typeof addEntriesSchema>;

/** One block from now on, in the order of `entryIds`. */
export const moveEntriesSchema = z
  .strictObject({ revision: revisionSchema, entryIds, before })
  .meta({ id: 'MoveEntries' });
export type MoveEntries = z.output<typeof moveEntriesSchema>;

export const removeEntriesSchema = z
  .strictObject({ revision: revisionSchema, entryIds })
  .meta({ id: 'RemoveEntries' });
export type RemoveEntries = z.output<typeof removeEntriesSchema>;

export const editedSchema = z
  .object({ revision: z.int(), entryCount: z.int() })
  .meta({ id: 'PlaylistEdited' });
export type Edited = z.output<typeof editedSchema>;

export const addedSchema = editedSchema
  .extend({
    /** Ids of the new entries, in their order. */
    added: z.array(z.string()),
    /** Tracks that stood there already, or were named twice. */
    duplicates: z.array(z.string()),
  })
  .meta({ id: 'EntriesAdded' });
export type Added = z.output<typeof addedSchema>;
