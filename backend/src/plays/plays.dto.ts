import { z } from 'zod';
import { trackSummarySchema } from '../catalog/catalog.dto.js';
import { cursorSchema, limitSchema, pageSchema } from '../common/page.js';
import { plainText } from '../users/plain-text.js';
import { ENDINGS, OUTCOMES } from './play-rules.js';

export const MOST_EVENTS = 1000;
const LONGEST_MS = 86_400_000;

/** Where the listener chose the track, or what chose it for them. */
export const SOURCES = [
  'album',
  'artist',
  'playlist',
  'genre',
  'library',
  'search',
  'home',
  'likes',
  'history',
  'queue',
  'share',
  'radio',
  'similar',
  'discoverWeekly',
  'other',
] as const;

const contextSchema = z.strictObject({
  source: z.enum(SOURCES).nullish(),
  /** The id of that album, playlist, share, or of the track a radio began with. */
  sourceId: plainText(100).nullish(),
  /** Nobody chose it: autoplay, or a radio in the background. */
  passive: z.boolean().nullish(),
  /** The model that recommended it. */
  modelVersion: plainText(100).nullish(),
  /** Its place in the list it was chosen from, from 0. */
  position: z.int().min(0).max(1_000_000).nullish(),
  endedBy: z.enum(ENDINGS).nullish(),
});

/** What an event must be to be counted. */
export const playEventSchema = z.strictObject({
  /** Made by the device: the same id again is the same event. */
  id: z.uuid(),
  trackId: z.uuid(),
  startedAt: z.iso.datetime({ offset: true }),
  /** Sound that was heard, without pauses. */
  playedMs: z.int().min(0).max(LONGEST_MS),
  context: contextSchema.nullish(),
});
export type PlayEvent = z.output<typeof playEventSchema>;

/** Told as it must be, and taken as it comes: a wrong value is the fault of one event, not of its batch. */
const judgedLater = (schema: z.ZodType): z.ZodUnknown =>
  z.unknown().meta({ ...z.toJSONSchema(schema, { io: 'input' }), $schema: undefined });
const { id, trackId, startedAt, playedMs } = playEventSchema.shape;

/** A batch whose shape is right: every event has its id, and nothing that no event has. */
export const playBatchSchema = z
  .array(
    z
      .strictObject({
        id,
        trackId: judgedLater(trackId),
        startedAt: judgedLater(startedAt),
        playedMs: judgedLater(playedMs),
        context: z
          .strictObject(
            Object.fromEntries(
              Object.entries(contextSchema.shape).map(([name, schema]) => [
                name,
                judgedLater(schema).optional(),
              ]),
            ),
          )
          .nullish(),
      })
      .meta({ id: 'PlayEvent' }),
  )
  .max(MOST_EVENTS);
export type PlayBatch = z.output<typeof playBatchSchema>;

export const playReceiptSchema = z
  .object({
    accepted: z.array(z.string()),
    /** Known already, as told before, or told twice in this batch. */
    duplicates: z.array(z.string()),
    rejected: z.array(
      z.object({
        id: z.string(),
        code: z.enum(['INVALID_PLAY', 'TRACK_NOT_FOUND']),
        field: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'PlayReceipt' });
export type PlayReceipt = z.output<typeof playReceiptSchema>;

export const historyQuerySchema = z.object({
  limit: limitSchema,
  cursor: cursorSchema,
  outcome: z.enum(OUTCOMES).optional(),
});
export type HistoryQuery = z.output<typeof historyQuerySchema>;

export const historyEntrySchema = z
  .object({
    id: z.string(),
    startedAt: z.iso.datetime(),
    playedMs: z.int(),
    outcome: z.enum(OUTCOMES),
    source: z.string().nullable(),
    sourceId: z.string().nullable(),
    track: trackSummarySchema,
  })
  .meta({ id: 'HistoryEntry' });
export type HistoryEntry = z.output<typeof historyEntrySchema>;
export const historyPageSchema = pageSchema(historyEntrySchema);
