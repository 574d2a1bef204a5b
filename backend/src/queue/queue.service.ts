import { Injectable } from '@nestjs/common';
import { TrackReads } from '../catalog/track-reads.js';
import { DomainError } from '../common/errors.js';
import { decodeCursor, encodeCursor, type PageQuery } from '../common/page.js';
import { Database } from '../database/database.js';
import { SqlParams } from '../database/sql-params.js';
import { seenBy, type Visible } from '../libraries/seen.js';
import type { QueueBody, QueuedTracks, QueuePlace, QueueSaved, SavedQueue } from './queue.dto.js';

type Row = Omit<SavedQueue, 'updatedAt'> & { readonly updatedAt: Date };
type SavedRow = { readonly revision: number; readonly updatedAt: Date };

const EMPTY: SavedQueue = {
  revision: 0,
  trackIds: [],
  shuffleOrder: null,
  index: null,
  positionMs: 0,
  repeat: 'off',
  source: null,
  device: '',
  updatedAt: null,
};

const RETURNING = 'RETURNING revision, updated_at AS "updatedAt"';

/** What each listener is playing. Of two devices that save, the one that knew less is told what stands there. */
@Injectable()
export class QueueService {
  constructor(
    private readonly db: Database,
    private readonly tracks: TrackReads,
  ) {}

  async get(userId: string): Promise<SavedQueue> {
    const row = await this.db.first<Row>(
      `SELECT revision, track_ids AS "trackIds", shuffle_order AS "shuffleOrder", current_index AS index,
         position_ms::float8 AS "positionMs", repeat, source, device, updated_at AS "updatedAt"
       FROM saved_queues WHERE user_id = $1`,
      [userId],
    );
    return row === undefined ? EMPTY : { ...row, updatedAt: row.updatedAt.toISOString() };
  }

  /** @throws DomainError TRACK_NOT_FOUND, QUEUE_CHANGED */
  async save(userId: string, queue: QueueBody, visible: Visible): Promise<QueueSaved> {
    await this.requireTracks(queue.trackIds, visible);
    const values = [
      userId,
      queue.trackIds,
      queue.shuffleOrder,
      queue.index,
      queue.positionMs,
      queue.repeat,
      queue.source === null ? null : JSON.stringify(queue.source),
      queue.device ?? '',
    ];
    const row =
      queue.revision === 0
        ? await this.db.first<SavedRow>(
            `INSERT INTO saved_queues (user_id, revision, track_ids, shuffle_order, current_index, position_ms, repeat,
               source, device) VALUES ($1, 1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (user_id) DO NOTHING ${RETURNING}`,
            values,
          )
        : await this.db.first<SavedRow>(
            `UPDATE saved_queues SET revision = revision + 1, track_ids = $2, shuffle_order = $3, current_index = $4,
               position_ms = $5, repeat = $6, source = $7, device = $8, updated_at = now()
             WHERE user_id = $1 AND revision = $9 ${RETURNING}`,
            [...values, queue.revision],
          );
    return row === undefined ? this.refuse(userId) : saved(row);
  }

  /** Writes no list: those columns lie outside of the row. @throws DomainError QUEUE_CHANGED, INVALID_BODY */
  async move(userId: string, place: QueuePlace): Promise<QueueSaved> {
    const row = await this.db.first<SavedRow>(
      `UPDATE saved_queues SET revision = revision + 1, current_index = coalesce($3, current_index),
         position_ms = coalesce($4, position_ms), repeat = coalesce($5, repeat), device = coalesce($6, device),
         updated_at = now()
       WHERE user_id = $1 AND revision = $2 AND ($3::int IS NULL OR $3 < cardinality(track_ids)) ${RETURNING}`,
      [
        userId,
        place.revision,
        place.index ?? null,
        place.positionMs ?? null,
        place.repeat ?? null,
        place.device ?? null,
      ],
    );
    if (row !== undefined) return saved(row);
    const current = await this.get(userId);
    if (current.revision === place.revision)
      throw new DomainError('INVALID_BODY', 'The queue is not as long as that.', { field: 'index' });
    return this.refuse(userId, current);
  }

  /** The tracks, for a device that does not have them yet, in the order that was asked for. @throws INVALID_CURSOR */
  async page(userId: string, { limit, cursor }: PageQuery, visible: Visible): Promise<QueuedTracks> {
    const from = cursor === undefined ? 0 : placeOf(cursor);
    const row = await this.db.first<{ revision: number; count: number; ids: string[] }>(
      `SELECT revision, cardinality(track_ids) AS count, track_ids[$2::int + 1 : $2::int + $3::int] AS ids
       FROM saved_queues WHERE user_id = $1`,
      [userId, from, limit],
    );
    if (row === undefined) return { items: [], nextCursor: null, revision: 0 };
    const tracks = await this.tracks.findByIds([...new Set(row.ids)], visible);
    const byId = new Map(tracks.map((track) => [track.id, track]));
    const end = from + limit;
    return {
      items: row.ids.map((id, at) => ({ place: from + at, track: byId.get(id) ?? null })),
      nextCursor: end < row.count ? encodeCursor([CURSOR, end]) : null,
      revision: row.revision,
    };
  }

  private async refuse(userId: string, current?: SavedQueue): Promise<never> {
    throw new DomainError('QUEUE_CHANGED', 'Another device has changed the queue in the meantime.', {
      field: 'revision',
      current: current ?? (await this.get(userId)),
    });
  }

  /** What is away for the moment may stay in a queue; what one may not see, or nobody knows, may not. */
  private async requireTracks(trackIds: readonly string[], visible: Visible): Promise<void> {
    const wanted = [...new Set(trackIds)];
    const params = new SqlParams();
    const row = await this.db.first<{ count: number }>(
      `SELECT count(*)::int AS count FROM tracks
       WHERE id = ANY(${params.add(wanted)}::uuid[]) AND ${seenBy(visible, params.add).track}`,
      params.values,
    );
    if (row?.count !== wanted.length)
      throw new DomainError('TRACK_NOT_FOUND', 'Some of these tracks do not exist.', { field: 'trackIds' });
  }
}

const saved = ({ revision, updatedAt }: SavedRow): QueueSaved => ({
  revision,
  updatedAt: updatedAt.toISOString(),
});

const CURSOR = 'queue';

const placeOf = (cursor: string): number => {
  const [list, place] = decodeCursor(cursor, 2);
  if (list !== CURSOR || typeof place !== 'number' || !Number.isInteger(place) || place < 0 || place > 10_000)
    throw new DomainError('INVALID_CURSOR', 'The cursor is not one that this list gave out.', {
      field: 'cursor',
    });
  return place;
};
