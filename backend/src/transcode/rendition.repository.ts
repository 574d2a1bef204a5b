import { Injectable } from '@nestjs/common';
import { newId } from '../common/id.js';
import { Database } from '../database/database.js';
import { Notifier } from '../database/notifier.js';
import type { EntityManager } from 'typeorm';
import type { Rung } from '../media/ladder.js';
import type { Rendition, RenditionKey } from './rendition.js';
import { SOUND_VERSION, type TrackSource } from './source.repository.js';
import { predictedTimeline } from './timeline.js';

/** The version stands in the same row: read apart, a track measured in between would lend its new one to old bytes. */
export const RENDITION_COLUMNS = `
  id, track_id AS "trackId", codec, bitrate_kbps AS "bitrateKbps", state, sample_rate_hz AS "sampleRateHz",
  sample_count::float8 AS "sampleCount", init_bytes AS "initBytes",
  coalesce(segment_bytes, '{}') AS "segmentBytes", coalesce(segment_samples, '{}') AS "segmentSamples",
  size_bytes::float8 AS "sizeBytes", peak_kbps AS "peakKbps", storage_key AS "storageKey",
  draft_path AS "draftPath", error, wanted_at IS NOT NULL AS wanted,
  (SELECT ${SOUND_VERSION} FROM tracks t JOIN files f ON f.id = t.file_id
    WHERE t.id = renditions.track_id) AS "soundVersion"`;

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

  find(key: RenditionKey): Promise<Rendition | undefined> {
    return this.db.first<Rendition>(
      `SELECT ${RENDITION_COLUMNS} FROM renditions WHERE track_id = $1 AND codec = $2 AND bitrate_kbps = $3`,
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

  /** Somebody waits for this: it goes before everything else, and a worker hears of it at once. */
  async want(source: TrackSource, rung: Rung): Promise<Rendition | undefined> {
    return this.db.transaction(async (tx) => {
      await this.insertMissing(source, [rung], tx);
      const rows = await this.db.query<Rendition>(
        `UPDATE renditions
            SET wanted_at = now(),
                state = CASE WHEN state IN ('evicted', 'failed') THEN 'queued' ELSE state END
          WHERE track_id = $1 AND codec = $2 AND bitrate_kbps = $3 AND state <> 'ready'
            AND (state <> 'failed' OR lease_expires_at IS NULL OR lease_expires_at < now())
        RETURNING ${RENDITION_COLUMNS}`,
        [source.trackId, rung.codec, rung.bitrateKbps],
        tx,
      );
      const [wanted] = rows;
      if (wanted !== undefined) await this.notifier.publish('kanade_wanted', { renditionId: wanted.id }, tx);
      return wanted;
    });
  }

  /** Another process let it go while somebody waits here. */
  async wantAgain(id: string): Promise<void> {
    await this.change(`wanted_at = now() WHERE id = $1 AND wanted_at IS NULL`, id, {});
  }

  /** Everybody who waited has gone: its encoder yields, or never begins before its turn. */
  async unwant(id: string): Promise<void> {
    await this.change(`wanted_at = NULL WHERE id = $1 AND wanted_at IS NOT NULL`, id, { left: true });
  }

  private async change(assignment: string, id: string, news: object): Promise<void> {
    await this.db.transaction(async (tx) => {
      const rows = await this.db.query(
        `UPDATE renditions SET ${assignment} AND state IN ('queued', 'encoding') RETURNING id`,
        [id],
        tx,
      );
      if (rows.length > 0) await this.notifier.publish('kanade_wanted', { renditionId: id, ...news }, tx);
    });
  }

  /** Makes the rungs wait their turn where they are not made, being made or failed. */
  async queue(source: TrackSource, rungs: readonly Rung[], tx?: EntityManager): Promise<void> {
    await this.insertMissing(source, rungs, tx);
    await this.db.query(
      `UPDATE renditions SET state = 'queued'
        WHERE track_id = $1 AND state = 'evicted' AND (codec, bitrate_kbps) IN
              (SELECT * FROM unnest($2::text[], $3::int[]))`,
      [source.trackId, rungs.map((rung) => rung.codec), rungs.map((rung) => rung.bitrateKbps)],
      tx,
    );
  }

  private async insertMissing(
    source: TrackSource,
    rungs: readonly Rung[],
    tx?: EntityManager,
  ): Promise<void> {
    const timelines = rungs.map((rung) => predictedTimeline(rung.codec, source));
    await this.db.query(
      `INSERT INTO renditions (id, track_id, codec, bitrate_kbps, state, sample_rate_hz, sample_count)
       SELECT id, $2, codec, bitrate_kbps, 'queued', sample_rate_hz, sample_count
         FROM unnest($1::uuid[], $3::text[], $4::int[], $5::int[], $6::bigint[])
              AS rung (id, codec, bitrate_kbps, sample_rate_hz, sample_count)
       ON CONFLICT (track_id, codec, bitrate_kbps) DO NOTHING`,
      [
        rungs.map(() => newId()),
        source.trackId,
        rungs.map((rung) => rung.codec),
        rungs.map((rung) => rung.bitrateKbps),
        timelines.map((timeline) => timeline.sampleRateHz),
        timelines.map((timeline) => timeline.samples),
      ],
      tx,
    );
  }
}
