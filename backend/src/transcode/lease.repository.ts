import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../common/id.js';
import { Database } from '../database/database.js';
import { Notifier } from '../database/notifier.js';
import type { Codec } from '../media/ladder.js';
import { announcementOf, encodeEvent, type Growth, type ReadyChunks } from './announcement.js';
import type { ClaimedRendition } from './rendition.js';
import { FAILED_REST_SECONDS } from './rendition.repository.js';
import type { FinishedFile } from './rendition-file.js';

const LEASE_SECONDS = 30;
/** Three renewals fit into a lease, so one lost query costs nothing. */
export const RENEW_EVERY_MS = 10_000;
export const MAX_ATTEMPTS = 3;

export interface CompletedRendition extends FinishedFile {
  readonly sampleCount: number;
  readonly peakKbps: number;
  readonly storageKey: string;
  readonly encoderVersion: string;
}

const CLAIMED = `r.id, r.track_id AS "trackId", r.codec, r.bitrate_kbps AS "bitrateKbps", r.chunk, r.chunks,
  r.fence::text AS fence,
  r.sample_rate_hz AS "sampleRateHz", r.sample_count::float8 AS "sampleCount"`;
/** As long as a request waits (WAIT_LIMIT_MS); whoever asks again says so again. */
const AWAITED = `coalesce(wanted_at > now() - interval '30 s', false)`;
const FREE = `(state = 'queued' OR (state = 'encoding' AND lease_expires_at < now()))`;
/** What was told of a file that will not be. */
const NO_TABLE = 'init_bytes = NULL, segment_bytes = NULL, segment_samples = NULL, draft_path = NULL';
const HELD = `id = $1 AND state = 'encoding' AND lease_owner = $2 AND fence = $3::bigint`;

/** The worker's side of renditions: whoever holds the lease row may write, and only with the fence it was given. */
@Injectable()
export class LeaseRepository {
  /** This process. */
  private readonly owner = newId();

  constructor(
    private readonly db: Database,
    private readonly notifier: Notifier,
  ) {}

  /** What somebody waits for, longest waiting first; none when others were quicker. */
  claimWanted(): Promise<ClaimedRendition[]> {
    return this.claim(
      `SELECT id FROM renditions WHERE wanted_at IS NOT NULL AND ${AWAITED} AND ${FREE}
        ORDER BY wanted_at, id LIMIT 1 FOR UPDATE SKIP LOCKED`,
      [],
    );
  }

  /** The codecs in which something of a track waits its turn. */
  async codecsOfTrack(trackId: string): Promise<readonly Codec[]> {
    const rows = await this.db.query<{ readonly codec: Codec }>(
      `SELECT DISTINCT codec FROM renditions WHERE track_id = $1 AND NOT ${AWAITED} AND ${FREE}`,
      [trackId],
    );
    return rows.map((row) => row.codec);
  }

  /**
   * What of a track waits its turn, the rungs of one chunk: the first that is free from where somebody listens on, then
   * those before it; what a listener waits for is left to claimWanted.
   */
  claimOfTrack(trackId: string, codec: Codec): Promise<ClaimedRendition[]> {
    const waiting = `track_id = $2 AND codec = $3 AND NOT ${AWAITED} AND ${FREE}`;
    return this.claim(
      `WITH heard AS (SELECT coalesce((SELECT chunk FROM renditions
                        WHERE track_id = $2 AND codec = $3 AND sought_at IS NOT NULL
                        ORDER BY sought_at DESC LIMIT 1), 0) AS chunk),
            next AS (SELECT chunk FROM renditions WHERE ${waiting}
                      ORDER BY chunk < (SELECT chunk FROM heard), chunk, bitrate_kbps
                      LIMIT 1 FOR UPDATE SKIP LOCKED)
       SELECT id FROM renditions WHERE ${waiting} AND chunk = (SELECT chunk FROM next)
        ORDER BY bitrate_kbps FOR UPDATE SKIP LOCKED`,
      [trackId, codec],
    );
  }

  /** @returns those that are still this worker's */
  async renew(ids: readonly string[]): Promise<readonly string[]> {
    const rows = await this.db.query<{ readonly id: string }>(
      `UPDATE renditions SET lease_expires_at = now() + make_interval(secs => ${LEASE_SECONDS})
        WHERE id = ANY($1::uuid[]) AND lease_owner = $2 AND state = 'encoding' RETURNING id`,
      [ids, this.owner],
    );
    return rows.map((row) => row.id);
  }

  /** Of those that are this worker's, whether somebody waits for them. */
  listenersOf(
    ids: readonly string[],
  ): Promise<readonly { readonly id: string; readonly awaited: boolean }[]> {
    return this.db.query<{ readonly id: string; readonly awaited: boolean }>(
      `SELECT id, ${AWAITED} AS awaited FROM renditions
        WHERE id = ANY($1::uuid[]) AND lease_owner = $2 AND state = 'encoding'`,
      [ids, this.owner],
    );
  }

  /** Tells how far it is. Losing this in a crash costs nothing, so it does not wait for the disk. */
  async report(claimed: ClaimedRendition, growth: Growth, withEvent: boolean): Promise<void> {
    await this.db.transaction(async (tx) => {
      await this.db.query('SET LOCAL synchronous_commit = off', [], tx);
      await this.db.query(
        `UPDATE renditions SET draft_path = $4, init_bytes = $5, segment_bytes = $6, segment_samples = $7
          WHERE ${HELD}`,
        [
          claimed.id,
          this.owner,
          claimed.fence,
          growth.draftPath,
          growth.initBytes,
          growth.segmentBytes,
          growth.segmentSamples,
        ],
        tx,
      );
      await this.notifier.publish('kanade_fragment', announcementOf(claimed.id, growth), tx);
      // A chunk is made within a second or two: its end tells enough.
      if (withEvent && claimed.chunks === 1)
        await this.notifier.publish('kanade_encode', encodeEvent(claimed, 'encoding', growth), tx);
    });
  }

  /** @returns false when the lease was lost meanwhile: then the file belongs to nobody. */
  async complete(claimed: ClaimedRendition, done: CompletedRendition): Promise<boolean> {
    const kept = await this.change(
      claimed,
      'ready',
      `init_bytes = $4, segment_bytes = $5, segment_samples = $6, size_bytes = $7, sha256 = $8, sample_count = $9,
       peak_kbps = $10, storage_key = $11, encoder_version = $12, state = 'ready', ready_at = now(), error = NULL,
       wanted_at = NULL, draft_path = NULL`,
      [
        done.initBytes,
        done.segmentBytes,
        done.segmentSamples,
        done.sizeBytes,
        done.sha256,
        done.sampleCount,
        done.peakKbps,
        done.storageKey,
        done.encoderVersion,
      ],
    );
    if (kept && done.sampleCount !== claimed.sampleCount)
      await this.doubtCount(claimed.trackId, done.encoderVersion);
    return kept;
  }

  /**
   * Another ffmpeg counted this file's samples, and this one comes to another end: the next whole scan has it measured
   * by the one that encodes. Where the same one counted, the file is damaged, and counting again tells nothing new.
   */
  private async doubtCount(trackId: string, encoderVersion: string): Promise<void> {
    await this.db.query(
      `UPDATE files SET facts_version = 0 FROM tracks WHERE tracks.id = $1 AND files.id = file_id
          AND files.state = 'ready' AND facts_version > 0 AND ffmpeg_version IS DISTINCT FROM $2`,
      [trackId, encoderVersion],
    );
  }

  /** Queued again until it has failed three times; then it says why, and rests. */
  async fail(claimed: ClaimedRendition, reason: string): Promise<void> {
    await this.change(
      claimed,
      'failed',
      `attempts = attempts + 1, error = $4, ${NO_TABLE},
       state = CASE WHEN attempts + 1 >= ${MAX_ATTEMPTS} THEN 'failed' ELSE 'queued' END,
       wanted_at = CASE WHEN attempts + 1 >= ${MAX_ATTEMPTS} THEN NULL ELSE wanted_at END`,
      [reason],
      FAILED_REST_SECONDS,
    );
  }

  /** Given back untouched, as when the worker stops: no attempt is counted. */
  async release(claimed: ClaimedRendition): Promise<void> {
    await this.change(claimed, 'queued', `state = 'queued', ${NO_TABLE}`, []);
  }

  /** What dead workers were encoding waits its turn again. @returns the tracks of those renditions */
  async releaseExpired(tx: EntityManager): Promise<readonly string[]> {
    const rows = await this.db.query<{ readonly trackId: string }>(
      `UPDATE renditions
          SET state = 'queued', lease_owner = NULL, lease_expires_at = NULL, ${NO_TABLE}
        WHERE state = 'encoding' AND lease_expires_at < now() RETURNING track_id AS "trackId"`,
      [],
      tx,
    );
    return rows.map((row) => row.trackId);
  }

  /** Tracks with renditions that wait their turn, at most `limit`. */
  async tracksQueued(limit: number, tx: EntityManager): Promise<readonly string[]> {
    const rows = await this.db.query<{ readonly trackId: string }>(
      `SELECT DISTINCT track_id AS "trackId" FROM renditions WHERE state = 'queued' LIMIT $1`,
      [limit],
      tx,
    );
    return rows.map((row) => row.trackId);
  }

  private claim(selection: string, params: readonly unknown[]): Promise<ClaimedRendition[]> {
    return this.db.query<ClaimedRendition>(
      // Written in place, a selection with a limit may be run once a row, and claim what nobody then encodes.
      `WITH chosen AS MATERIALIZED (${selection})
       UPDATE renditions r
          SET state = 'encoding', lease_owner = $1, fence = fence + 1, ${NO_TABLE},
              lease_expires_at = now() + make_interval(secs => ${LEASE_SECONDS})
        WHERE id IN (SELECT id FROM chosen) RETURNING ${CLAIMED}`,
      [this.owner, ...params],
    );
  }

  private change(
    claimed: ClaimedRendition,
    state: 'ready' | 'failed' | 'queued',
    assignments: string,
    values: readonly unknown[],
    restSeconds: number | null = null,
  ): Promise<boolean> {
    const rest = restSeconds === null ? 'NULL' : `now() + make_interval(secs => ${restSeconds})`;
    return this.db.transaction(async (tx) => {
      const rows = await this.db.query(
        `UPDATE renditions SET ${assignments}, lease_owner = NULL, lease_expires_at = ${rest}
          WHERE ${HELD} RETURNING id`,
        [claimed.id, this.owner, claimed.fence, ...values],
        tx,
      );
      if (rows.length === 0) return false;
      await this.notifier.publish('kanade_fragment', { renditionId: claimed.id }, tx);
      const event = encodeEvent(claimed, state, undefined, await this.othersOf(claimed, tx));
      await this.notifier.publish('kanade_encode', event, tx);
      return true;
    });
  }

  /** What is ready of a rung that has several chunks. */
  private async othersOf(claimed: ClaimedRendition, tx: EntityManager): Promise<ReadyChunks | undefined> {
    if (claimed.chunks === 1) return undefined;
    return this.db.first<ReadyChunks>(
      `SELECT coalesce(sum(cardinality(segment_bytes)), 0)::int AS "segmentsDone", count(*) = $4 AS "allReady"
         FROM renditions WHERE track_id = $1 AND codec = $2 AND bitrate_kbps = $3 AND state = 'ready'`,
      [claimed.trackId, claimed.codec, claimed.bitrateKbps, claimed.chunks],
      tx,
    );
  }
}
