import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { errorMessage } from '../common/error-code.js';
import { log } from '../common/log.js';
import { Database } from '../database/database.js';
import { chunkOfSegment } from './chunks.js';
import type { RenditionKey } from './rendition.js';

const TOLD_EVERY_MS = 60_000;

/** Remembers which renditions are listened to, for the quota: one query a minute, however many segments leave. */
@Injectable()
export class ServedRenditions implements OnModuleDestroy {
  private served = new Map<string, RenditionKey & { readonly chunk: number }>();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly db: Database) {}

  note(key: RenditionKey, index = 0): void {
    const chunk = chunkOfSegment(index);
    const name = `${key.trackId}/${key.codec}-${key.bitrateKbps}/${chunk}`;
    if (this.served.has(name)) return;
    this.served.set(name, { ...key, chunk });
    this.timer ??= setTimeout(() => {
      // What a minute's listening cannot tell, the next minute's will.
      this.tell().catch((error: unknown) =>
        log.debug({ error: errorMessage(error) }, 'could not store what was listened to'),
      );
    }, TOLD_EVERY_MS).unref();
  }

  async tell(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const keys = [...this.served.values()];
    this.served = new Map();
    if (keys.length === 0) return;
    await this.db.transaction(async (tx) => {
      await this.db.query('SET LOCAL synchronous_commit = off', [], tx);
      await this.db.query(
        `UPDATE renditions SET last_served_at = now()
           FROM unnest($1::uuid[], $2::text[], $3::int[], $4::int[])
                AS served (track_id, codec, bitrate_kbps, chunk)
          WHERE renditions.track_id = served.track_id AND renditions.codec = served.codec
            AND renditions.bitrate_kbps = served.bitrate_kbps
            AND renditions.chunk = CASE WHEN renditions.chunks = 1 THEN 0 ELSE served.chunk END`,
        [
          keys.map((key) => key.trackId),
          keys.map((key) => key.codec),
          keys.map((key) => key.bitrateKbps),
          keys.map((key) => key.chunk),
        ],
        tx,
      );
    });
  }

  async onModuleDestroy(): Promise<void> {
    await this.tell().catch((error: unknown) =>
      log.debug({ error: errorMessage(error) }, 'could not store what was listened to'),
    );
  }
}
