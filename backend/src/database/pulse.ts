import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import pg from 'pg';
import { errorMessage } from '../common/error-code.js';
import { log } from '../common/log.js';
import { Database } from './database.js';

const BEAT_MS = 1000;
/** A server that does not even greet for so long is as good as away. */
const PATIENCE_MS = 2000;

/**
 * A server that stands still (a stopped machine, a network that swallows packets) ends no connection and answers no
 * query. Where a query runs for longer than a beat, this asks whether the server lives: if not, those who wait are
 * told that it is away, as they would be by one that died. A long query of a living server is left alone.
 */
@Injectable()
export class Pulse implements OnApplicationBootstrap, OnModuleDestroy {
  /** Connections that are in use, and whether they were so at the last beat. */
  private readonly busy = new Map<pg.PoolClient, boolean>();
  private timer: NodeJS.Timeout | undefined;
  private asking: Promise<void> | null = null;

  constructor(private readonly db: Database) {}

  onApplicationBootstrap(): void {
    const pool: unknown = Reflect.get(this.db.source.driver, 'master');
    if (!(pool instanceof pg.Pool)) throw new Error('the database is not reached through a pool of pg');
    pool.on('acquire', (client) => this.busy.set(client, false));
    pool.on('release', (_error, client) => this.busy.delete(client));
    pool.on('remove', (client) => this.busy.delete(client));
    this.timer = setInterval(() => this.beat(), BEAT_MS);
    this.timer.unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.asking;
  }

  private beat(): void {
    const waiting = [...this.busy].flatMap(([client, wasBusy]) => (wasBusy ? [client] : []));
    for (const client of this.busy.keys()) this.busy.set(client, true);
    if (waiting.length === 0) return;
    this.asking ??= this.ask().then((lives) => {
      this.asking = null;
      if (lives) return;
      log.warn('the database does not answer');
      // Of one that waits for an answer this cuts the line at once.
      for (const client of waiting)
        if (this.busy.has(client) && client instanceof pg.Client) client.end().catch(() => undefined);
    });
  }

  private async ask(): Promise<boolean> {
    const { options } = this.db.source;
    const client = new pg.Client({
      connectionString: options.type === 'postgres' ? options.url : undefined,
      connectionTimeoutMillis: PATIENCE_MS,
      query_timeout: PATIENCE_MS,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('SELECT');
      return true;
    } catch (error) {
      log.debug({ error: errorMessage(error) }, 'no pulse');
      // One that refuses, or has no room for another guest, lives: its answers come, or its connections end.
      return !/timeout/i.test(errorMessage(error));
    } finally {
      client.end().catch(() => undefined);
    }
  }
}
