import { Injectable } from '@nestjs/common';
import { newId } from '../common/id.js';
import { Database } from '../database/database.js';
import { Notifier } from '../database/notifier.js';
import type { EntityManager } from 'typeorm';
import type { Codec, Rung } from '../media/ladder.js';
import { chunkCount, chunkHolding, chunkOfSegment } from './chunks.js';
import type { Rendition, RenditionKey } from './rendition.js';
import { SOUND_VERSION, type TrackSource } from './source.repository.js';
import { predictedTimeline } from './timeline.js';

/** Postgres keeps microseconds, and a double holds them exactly. */
const WANTED_MICROS = `(extract(epoch FROM wanted_at) * 1000000)::float8`;

/** The version stands in the same row: read apart, a track measured in between would lend its new one to old bytes. */
export const RENDITION_COLUMNS = `
  id, track_id AS "trackId", codec, bitrate_kbps AS "bitrateKbps", chunk, chunks, state, sample_rate_hz AS "sampleRateHz",
  sample_count::float8 AS "sampleCount", init_bytes AS "initBytes",
  coalesce(segment_bytes, '{}') AS "segmentBytes", coalesce(segment_samples, '{}') AS "segmentSamples",
  size_bytes::float8 AS "sizeBytes", peak_kbps AS "peakKbps", storage_key AS "storageKey",
  draft_path AS "draftPath", error, ${WANTED_MICROS} AS "wantedAt",
  (SELECT ${SOUND_VERSION} FROM tracks t JOIN files f ON f.id = t.file_id
    WHERE t.id = renditions.track_id) AS "soundVersion"`;

/** SQL: whether a row holds what lies in this chunk of a long track. */
export const CHUNK_OF = (chunk: string): string =>
  `chunk = CASE WHEN chunks = 1 THEN 0 ELSE ${chunk}::int END`;

/** A rendition that failed for good rests this long before a listener's request tries it once more. */
export const FAILED_REST_SECONDS = 60;

/** What is read of renditions, and asked for; only the holder of a lease writes them. */
@Injectable()
export class RenditionRepository {
  constructor(
    private readonly db: Database,
    private readonly notifier: Notifier,
  ) {}

  findById(id: string): Promise<Rendition | undefined> {
    return this.db.first<Rendition>(`SELECT ${RENDITION_COLUMNS} FROM renditions WHERE id = $1`, [id]);
  }

  /** The row that holds a segment, or will. */
  find(key: RenditionKey, index = 0): Promise<Rendition | undefined> {
    return this.db.first<Rendition>(
      `SELECT ${RENDITION_COLUMNS} FROM renditions WHERE track_id = $1 AND codec = $2 AND bitrate_kbps = $3
          AND ${CHUNK_OF('$4')}`,
      [key.trackId, key.codec, key.bitrateKbps, chunkOfSegment(index)],
    );
  }

  /** The row whose init part is there first: all chunks of a rung have the same one. */
  findInit(key: RenditionKey): Promise<Rendition | undefined> {
    return this.db.first<Rendition>(
      `SELECT ${RENDITION_COLUMNS} FROM renditions WHERE track_id = $1 AND codec = $2 AND bitrate_kbps = $3
          AND (chunks = 1 OR state IN ('ready', 'encoding')
               OR (state = 'queued' AND wanted_at > now() - interval '30 s'))
        ORDER BY state = 'ready' DESC, init_bytes IS NOT NULL DESC, wanted_at IS NOT NULL DESC, chunk LIMIT 1`,
      [key.trackId, key.codec, key.bitrateKbps],
    );
  }

  /** Without the tables of segments unless they are needed: those of an album are long. */
  findOfTracks(trackIds: readonly string[]): Promise<Rendition[]> {
    return this.db.query<Rendition>(
      `SELECT ${RENDITION_COLUMNS} FROM renditions WHERE track_id = ANY($1::uuid[]) ORDER BY track_id, id`,
      [trackIds],
    );
  }

  /** The last chunk of each rung of a codec. */
  findEnds(trackId: string, codec: Codec): Promise<Rendition[]> {
    return this.db.query<Rendition>(
      `SELECT ${RENDITION_COLUMNS} FROM renditions
        WHERE track_id = $1 AND codec = $2 AND chunk = chunks - 1 ORDER BY bitrate_kbps`,
      [trackId, codec],
    );
  }

  /** Somebody waits for this segment: it goes before everything else, and a worker hears of it at once. */
  async want(source: TrackSource, rung: Rung, index = 0, seeks = true): Promise<Rendition | undefined> {
    const chunk = chunkHolding(predictedTimeline(rung.codec, source), index);
    return this.db.transaction(async (tx) => {
      await this.insertMissing(source, [rung], (each) => each === chunk, tx);
      const rows = await this.db.query<Rendition>(
        `UPDATE renditions
            SET wanted_at = clock_timestamp(), sought_at = CASE WHEN $5 THEN now() ELSE sought_at END,
                state = CASE WHEN state IN ('evicted', 'failed') THEN 'queued' ELSE state END
          WHERE track_id = $1 AND codec = $2 AND bitrate_kbps = $3 AND chunk = $4 AND state <> 'ready'
            AND (state <> 'failed' OR lease_expires_at IS NULL OR lease_expires_at < now())
        RETURNING ${RENDITION_COLUMNS}`,
        [source.trackId, rung.codec, rung.bitrateKbps, chunk, seeks],
        tx,
      );
      const [wanted] = rows;
      if (wanted !== undefined) await this.notifier.publish('kanade_wanted', { renditionId: wanted.id }, tx);
      return wanted;
    });
  }

  /** Another process let it go while somebody waits here. @returns when that was */
  async wantAgain(id: string): Promise<number | null> {
    return this.change(`wanted_at = clock_timestamp() WHERE id = $1 AND wanted_at IS NULL`, [id], {});
  }

  /**
   * Everybody who waited here has gone: its encoder yields, or never begins before its turn. Unless somebody has come
   * since, here or elsewhere: a listener who seeks leaves and comes in one moment, and the two may overtake each other.
   */
  async unwant(id: string, wantedAt: number): Promise<void> {
    await this.change(`wanted_at = NULL WHERE id = $1 AND ${WANTED_MICROS} <= $2`, [id, wantedAt], {
      left: true,
    });
  }

  private async change(
    assignment: string,
    [id, ...params]: readonly [string, ...unknown[]],
    news: object,
  ): Promise<number | null> {
    return this.db.transaction(async (tx) => {
      const [row] = await this.db.query<Pick<Rendition, 'wantedAt'>>(
        `UPDATE renditions SET ${assignment} AND state IN ('queued', 'encoding')
         RETURNING ${WANTED_MICROS} AS "wantedAt"`,
        [id, ...params],
        tx,
      );
      if (row !== undefined) await this.notifier.publish('kanade_wanted', { renditionId: id, ...news }, tx);
      return row?.wantedAt ?? null;
    });
  }

  /** Makes the rungs wait their turn where they are not made, being made or failed; of long tracks all, or how they begin. */
  async queue(source: TrackSource, rungs: readonly Rung[], which: 'all' | 'first' = 'all'): Promise<void> {
    await this.insertMissing(source, rungs, (chunk) => which === 'all' || chunk === 0);
    await this.db.query(
      `UPDATE renditions SET state = 'queued'
        WHERE track_id = $1 AND state = 'evicted' AND ($4 OR chunk = 0) AND (codec, bitrate_kbps) IN
              (SELECT * FROM unnest($2::text[], $3::int[]))`,
      [
        source.trackId,
        rungs.map((rung) => rung.codec),
        rungs.map((rung) => rung.bitrateKbps),
        which === 'all',
      ],
    );
  }

  /** A listener is here, in what is ready already: what follows it comes first. */
  async seek(key: RenditionKey, index: number): Promise<void> {
    await this.db.query(
      `UPDATE renditions SET sought_at = now()
        WHERE track_id = $1 AND codec = $2 AND bitrate_kbps = $3 AND chunks > 1 AND ${CHUNK_OF('$4')}`,
      [key.trackId, key.codec, key.bitrateKbps, chunkOfSegment(index)],
    );
  }

  private async insertMissing(
    source: TrackSource,
    rungs: readonly Rung[],
    isMeant: (chunk: number) => boolean,
    tx?: EntityManager,
  ): Promise<void> {
    const rows = rungs.flatMap((rung) => {
      const timeline = predictedTimeline(rung.codec, source);
      const chunks = chunkCount(timeline);
      return Array.from({ length: chunks }, (_, chunk) => ({ rung, timeline, chunk, chunks }));
    });
    const meant = rows.filter(({ chunk }) => isMeant(chunk));
    await this.db.query(
      `INSERT INTO renditions (id, track_id, codec, bitrate_kbps, chunk, chunks, state, sample_rate_hz, sample_count)
       SELECT id, $2, codec, bitrate_kbps, chunk, chunks, 'queued', sample_rate_hz, sample_count
         FROM unnest($1::uuid[], $3::text[], $4::int[], $5::int[], $6::int[], $7::int[], $8::bigint[])
              AS rung (id, codec, bitrate_kbps, chunk, chunks, sample_rate_hz, sample_count)
       ON CONFLICT (track_id, codec, bitrate_kbps, chunk) DO NOTHING`,
      [
        meant.map(() => newId()),
        source.trackId,
        meant.map(({ rung }) => rung.codec),
        meant.map(({ rung }) => rung.bitrateKbps),
        meant.map(({ chunk }) => chunk),
        meant.map(({ chunks }) => chunks),
        meant.map(({ timeline }) => timeline.sampleRateHz),
        meant.map(({ timeline }) => timeline.samples),
      ],
      tx,
    );
  }
}
