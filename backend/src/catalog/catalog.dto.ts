import { z } from 'zod';
import { cursorSchema, fromDigits, limitSchema, pageSchema } from '../common/page.js';
import { TONICS } from '../media/tonics.js';
import { RELEASE_TYPES } from './release-types.js';

const id = z.uuid();

export const refSchema = z.object({ id, name: z.string() }).meta({ id: 'Ref' });

const roleSchema = z.enum([
  'performer',
  'albumArtist',
  'composer',
  'conductor',
  'lyricist',
  'remixer',
  'producer',
  'arranger',
  'engineer',
  'mixer',
  'djMixer',
  'writer',
  'musician',
]);

export const creditSchema = z
  .object({
    id,
    name: z.string(),
    role: roleSchema,
  })
  .meta({ id: 'ArtistCredit' });
export type CreditDto = z.output<typeof creditSchema>;

export const artworkSchema = z
  .object({
    id,
    color: z.string(),
    placeholder: z.string(),
    width: z.int(),
    height: z.int(),
  })
  .meta({ id: 'Artwork' });
export type ArtworkDto = z.output<typeof artworkSchema>;

export const masterSchema = z
  .object({
    codec: z.string(),
    sampleRateHz: z.int().nullable(),
    bitDepth: z.int().nullable(),
    channels: z.int().nullable(),
    bitrateKbps: z.int().nullable(),
    lossless: z.boolean(),
  })
  .meta({ id: 'Master' });

export const trackSummarySchema = z
  .object({
    id,
    title: z.string(),
    durationMs: z.int().nullable(),
    trackNumber: z.int().nullable(),
    discNumber: z.int().nullable(),
    album: z.object({ id, title: z.string() }),
    artists: z.array(creditSchema),
    year: z.int().nullable(),
    artwork: artworkSchema.nullable(),
    master: masterSchema.nullable(),
    state: z.enum(['pending', 'ready']),
    addedAt: z.iso.datetime(),
  })
  .meta({ id: 'TrackSummary' });
export type TrackSummary = z.output<typeof trackSummarySchema>;

/** What was told of a track's sound; each part null where it could not be told, or is not told yet. */
export const trackSoundSchema = z
  .object({
    /** Before the first sample that reaches -60 dBFS, and after the last. */
    leadingSilenceMs: z.int().nullable(),
    trailingSilenceMs: z.int().nullable(),
    /** Runs of three and more samples at full scale, in all channels. */
    clipping: z.object({ runs: z.int(), samples: z.int(), longestSamples: z.int() }).nullable(),
    cutoff: z
      .object({
        hz: z.int(),
        dropDb: z.number(),
        /** Null for a lossy file, of which it says nothing new. */
        verdict: z.enum(['clean', 'lossySource', 'upsampled']).nullable(),
      })
      .nullable(),
    tempo: z.object({ bpm: z.number(), alternativeBpm: z.number(), confidence: z.number() }).nullable(),
    key: z
      .object({
        tonic: z.enum(TONICS),
        mode: z.enum(['major', 'minor']),
        confidence: z.number(),
      })
      .nullable(),
    /** 0, a quiet drone, to 1, loud, dense and bright. */
    energy: z.number().nullable(),
  })
  .meta({ id: 'TrackSound' });
export type TrackSoundDto = z.output<typeof trackSoundSchema>;

export const trackDetailSchema = trackSummarySchema
  .extend({
    genres: z.array(refSchema),
    isrc: z.string().nullable(),
    musicBrainzId: z.string().nullable(),
    /** Of the recording on this release. */
    musicBrainzTrackId: z.string().nullable(),
    sortTitle: z.string().nullable(),
    loudness: z.object({ integratedLufs: z.number(), truePeakDbtp: z.number() }).nullable(),
    peaks: z.string().nullable(),
    sound: trackSoundSchema.nullable(),
    /** What is sung; with times at /api/tracks/{id}/lyrics. */
    lyrics: z.array(z.object({ language: z.string().nullable(), synced: z.boolean(), text: z.string() })),
    renditions: z.array(
      z.object({
        codec: z.enum(['aac', 'opus', 'flac']),
        bitrateKbps: z.int(),
        state: z.enum(['absent', 'queued', 'encoding', 'ready', 'failed', 'evicted']),
      }),
    ),
    credits: z.array(creditSchema),
    comment: z.string().nullable(),
    /** Of the tags; of the sound where they say nothing. */
    bpm: z.number().nullable(),
    discTotal: z.int().nullable(),
    trackTotal: z.int().nullable(),
  })
  .meta({ id: 'TrackDetail' });
export type TrackDetail = z.output<typeof trackDetailSchema>;

export const albumSummarySchema = z
  .object({
    id,
    title: z.string(),
    artists: z.array(creditSchema),
    year: z.int().nullable(),
    artwork: artworkSchema.nullable(),
    trackCount: z.int(),
    durationMs: z.int(),
    compilation: z.boolean(),
    releaseType: z.string().nullable(),
    addedAt: z.iso.datetime(),
  })
  .meta({ id: 'AlbumSummary' });
export type AlbumSummary = z.output<typeof albumSummarySchema>;

export const albumDetailSchema = albumSummarySchema
  .extend({
    releaseDate: z.string().nullable(),
    originalDate: z.string().nullable(),
    label: z.string().nullable(),
    catalogNumber: z.string().nullable(),
    discTotal: z.int().nullable(),
    musicBrainzId: z.string().nullable(),
    musicBrainzGroupId: z.string().nullable(),
    sortTitle: z.string().nullable(),
    /** What it is first, then of which kinds. */
    releaseTypes: z.array(z.enum(RELEASE_TYPES)),
    genres: z.array(refSchema),
    /** Who took part beside the album's artists, and on how many of its tracks. */
    credits: z.array(creditSchema.extend({ trackCount: z.int() })),
    /** Of all its tracks, one after another; null until all of them were measured. */
    loudness: z.object({ integratedLufs: z.number(), truePeakDbtp: z.number() }).nullable(),
    discs: z.array(
      z.object({ number: z.int(), title: z.string().nullable(), tracks: z.array(trackSummarySchema) }),
    ),
  })
  .meta({ id: 'AlbumDetail' });
export type AlbumDetail = z.output<typeof albumDetailSchema>;

export const artistSummarySchema = z
  .object({
    id,
    name: z.string(),
    sortName: z.string(),
    albumCount: z.int(),
    trackCount: z.int(),
    artwork: artworkSchema.nullable(),
  })
  .meta({ id: 'ArtistSummary' });
export type ArtistSummary = z.output<typeof artistSummarySchema>;

export const artistDetailSchema = artistSummarySchema
  .extend({
    musicBrainzId: z.string().nullable(),
    /** In which roles, on how many tracks. */
    roles: z.array(z.object({ role: roleSchema, trackCount: z.int() })),
    albums: z.array(albumSummarySchema),
    /** And EPs. */
    singles: z.array(albumSummarySchema),
    appearsOn: z.array(albumSummarySchema),
    topTracks: z.array(trackSummarySchema),
  })
  .meta({ id: 'ArtistDetail' });
export type ArtistDetail = z.output<typeof artistDetailSchema>;

export const genreSchema = z.object({ id, name: z.string(), trackCount: z.int() }).meta({ id: 'Genre' });
export type GenreDto = z.output<typeof genreSchema>;

export const yearSchema = z.object({ year: z.int(), albumCount: z.int() }).meta({ id: 'Year' });
export type YearDto = z.output<typeof yearSchema>;

const list = { limit: limitSchema, cursor: cursorSchema };
const year = z.preprocess(fromDigits, z.int().min(1).max(9999)).optional();
const role = roleSchema.exclude(['albumArtist']).optional();
const narrowing = {
  artistId: id.optional(),
  /** What the artist does on it. */
  role,
  genreId: id.optional(),
  yearFrom: year,
  yearTo: year,
  releaseType: z.enum(RELEASE_TYPES).optional(),
  /** Liked by who asks. */
  liked: z.enum(['true']).optional(),
  libraryId: id.optional(),
};
const hasRolesArtist = ({
  role,
  artistId,
}: {
  readonly role?: string | undefined;
  readonly artistId?: string | undefined;
}): boolean => role === undefined || artistId !== undefined;
const ROLE_ALONE = { path: ['role'], message: 'a role is that of an artistId' };

export const trackListSchema = z
  .object({
    ...list,
    sort: z.enum(['title', 'artist', 'added', 'year', 'duration']).default('title'),
    albumId: id.optional(),
    ...narrowing,
  })
  .refine(hasRolesArtist, ROLE_ALONE);
export type TrackList = z.output<typeof trackListSchema>;

export const albumListSchema = z
  .object({
    ...list,
    sort: z.enum(['title', 'artist', 'added', 'year', 'released']).default('title'),
    ...narrowing,
  })
  .refine(hasRolesArtist, ROLE_ALONE);
export type AlbumList = z.output<typeof albumListSchema>;

export const artistListSchema = z.object({
  ...list,
  sort: z.enum(['name', 'added', 'tracks']).default('name'),
  /** Those who have this part in something, and `trackCount` of it; without it, who performs or made a record. */
  role,
  genreId: id.optional(),
  liked: z.enum(['true']).optional(),
  libraryId: id.optional(),
});
export type ArtistList = z.output<typeof artistListSchema>;

export const genreListSchema = z.object({ ...list, sort: z.enum(['name', 'tracks']).default('name') });
export type GenreList = z.output<typeof genreListSchema>;

export const trackPageSchema = pageSchema(trackSummarySchema);
export const albumPageSchema = pageSchema(albumSummarySchema);
export const artistPageSchema = pageSchema(artistSummarySchema);
export const genrePageSchema = pageSchema(genreSchema);
export const yearPageSchema = pageSchema(yearSchema);
