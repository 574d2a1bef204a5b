import { z } from 'zod';
import { trackSummarySchema } from '../catalog/catalog.dto.js';
import { pageSchema } from '../common/page.js';
import { plainText } from '../users/plain-text.js';

const MOST_TRACKS = 10_000;
const DAY_MS = 86_400_000;

const index = z.int().min(0);
const positionMs = z.int().min(0).max(DAY_MS);
const repeat = z.enum(['off', 'all', 'one']);
/** What it was started from, for "playing from …". */
const source = z
  .strictObject({ kind: plainText(20), id: z.uuid().optional(), name: plainText(300).optional() })
  .nullable();
const device = plainText(100);

const contents = {
  /** In the order that was asked for. */
  trackIds: z.array(z.uuid().toLowerCase()).max(MOST_TRACKS),
  /** The order of play: places of `trackIds`; null: as they stand there. */
  shuffleOrder: z.array(index).max(MOST_TRACKS).nullable(),
  /** What plays, counted in the order of play; null: the queue is empty. */
  index: index.nullable(),
  positionMs,
  repeat,
  source,
};

/** Revision 0: nothing was saved yet. */
export const savedQueueSchema = z
  .object({
    revision: z.int(),
    ...contents,
    device: z.string(),
    updatedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'SavedQueue' });
export type SavedQueue = z.output<typeof savedQueueSchema>;

const isOrderOf = (order: readonly number[], count: number): boolean =>
  order.length === count && new Set(order).size === count && order.every((place) => place < count);

export const queueBodySchema = z
  .strictObject({
    revision: z.int().min(0),
    trackIds: contents.trackIds,
    shuffleOrder: contents.shuffleOrder.default(null),
    index: contents.index,
    positionMs: positionMs.default(0),
    repeat: repeat.default('off'),
    source: source.default(null),
    device: device.optional(),
  })
  .refine(({ trackIds, shuffleOrder }) => shuffleOrder === null || isOrderOf(shuffleOrder, trackIds.length), {
    path: ['shuffleOrder'],
    error: 'must name each place once',
  })
  .refine(({ trackIds, index: at }) => (at === null ? trackIds.length === 0 : at < trackIds.length), {
    path: ['index'],
    error: 'must be a place of the queue, null in an empty one',
  })
  .meta({ id: 'QueueBody' });
export type QueueBody = z.output<typeof queueBodySchema>;

/** Where it plays, without the list; what is left out stays. */
export const queuePlaceSchema = z
  .strictObject({
    revision: z.int().min(1),
    index: index.optional(),
    positionMs: positionMs.optional(),
    repeat: repeat.optional(),
    device: device.optional(),
  })
  .meta({ id: 'QueuePlace' });
export type QueuePlace = z.output<typeof queuePlaceSchema>;

export const queueSavedSchema = z
  .object({ revision: z.int(), updatedAt: z.iso.datetime() })
  .meta({ id: 'QueueSaved' });
export type QueueSaved = z.output<typeof queueSavedSchema>;

/** Null: what the listener cannot hear any more. */
export const queuedTrackSchema = z
  .object({ place: z.int(), track: trackSummarySchema.nullable() })
  .meta({ id: 'QueuedTrack' });
export const queuedTracksSchema = pageSchema(queuedTrackSchema).extend({ revision: z.int() });
export type QueuedTracks = z.output<typeof queuedTracksSchema>;
