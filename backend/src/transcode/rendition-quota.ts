import { errorMessage } from '../common/error-code.js';
import { log } from '../common/log.js';
import type { Database } from '../database/database.js';
import type { Notifier } from '../database/notifier.js';
import type { ObjectStore } from '../storage/object-store.js';

const LOOK_EVERY_MS = 60_000;
/** So that not every new rendition costs an old one. */
const EVICTED_TO = 0.95;
/** From here on nothing is encoded ahead: it would only push out what was made before. */
const FULL_FROM = 0.9;
const BATCH = 500;

interface Evicted {
  readonly trackId: string;
  readonly storageKey: string;
}

/**
 * Keeps the renditions within so many bytes: what nobody ever listened to goes first, the oldest of it, then what was
 * not listened to for longest. Never the FLAC of a lossless source, nor what was made or heard within ten minutes.
 */
export class RenditionQuota {
  private timer: NodeJS.Timeout | undefined;
  private stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly bytes: number | null,
    private readonly db: Database,
    private readonly notifier: Notifier,
    private readonly store: ObjectStore,
  ) {}

  start(): void {
    if (this.bytes === null) return;
    this.stopping = new AbortController();
    this.timer = setInterval(() => {
      this.running = this.running
        .then(() => this.enforce(this.stopping.signal))
        .then(
          () => undefined,
          // The database is away: the next look finds what is too much.
          (error: unknown) => log.debug({ error: errorMessage(error) }, 'the quota could not be kept'),
        );
    }, LOOK_EVERY_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    this.stopping.abort(new Error('the worker stops'));
    await this.running;
  }

  /** Whether there is room for what nobody has asked for. */
  async hasRoom(): Promise<boolean> {
    return this.bytes === null || (await this.used()) < this.bytes * FULL_FROM;
  }

  /** @returns how many were evicted */
  async enforce(signal: AbortSignal): Promise<number> {
    let evicted = 0;
    while (this.bytes !== null && !signal.aborted) {
      const batch = await this.evictSome(this.bytes);
      // After the row: killed in between, it leaves a file without a row, which the sweep removes.
      for (const { storageKey } of batch) await this.store.delete(storageKey);
      evicted += batch.length;
      if (batch.length < BATCH) break;
    }
    if (evicted > 0) log.info({ evicted }, 'renditions made room for others');
    return evicted;
  }

  private async used(): Promise<number> {
    const row = await this.db.first<{ readonly bytes: number }>(
      `SELECT coalesce(sum(size_bytes), 0)::float8 AS bytes FROM renditions WHERE state = 'ready'`,
    );
    return row?.bytes ?? 0;
  }

  private evictSome(quota: number): Promise<readonly Evicted[]> {
    return this.db.transaction(async (tx) => {
      const rows = await this.db.query<Evicted>(
        `WITH used AS (SELECT coalesce(sum(size_bytes), 0) AS bytes FROM renditions WHERE state = 'ready'),
              unwanted AS (
                SELECT r.id, r.storage_key,
                       sum(size_bytes) OVER (ORDER BY last_served_at NULLS FIRST, ready_at, r.id)
                         - size_bytes AS bytes_before
                  FROM renditions r JOIN tracks t ON t.id = r.track_id
                 WHERE state = 'ready' AND NOT (r.codec = 'flac' AND coalesce(t.lossless, true))
                   AND greatest(last_served_at, ready_at) < now() - interval '10 min'
                 ORDER BY last_served_at NULLS FIRST, ready_at, r.id LIMIT ${BATCH})
         UPDATE renditions
            SET state = 'evicted', storage_key = NULL, sha256 = NULL, size_bytes = NULL, init_bytes = NULL,
                segment_bytes = NULL, segment_samples = NULL, ready_at = NULL
           FROM unwanted, used
          WHERE renditions.id = unwanted.id AND renditions.state = 'ready' AND used.bytes > $1
            AND unwanted.bytes_before < used.bytes - $2
         RETURNING renditions.track_id AS "trackId", unwanted.storage_key AS "storageKey"`,
        [quota, Math.floor(quota * EVICTED_TO)],
        tx,
      );
      for (const trackId of new Set(rows.map((row) => row.trackId)))
        await this.notifier.publish('kanade_fragment', { trackId }, tx);
      return rows;
    });
  }
}
