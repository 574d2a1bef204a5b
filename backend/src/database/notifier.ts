import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import pg from 'pg';
import type { EntityManager } from 'typeorm';
import { log } from '../common/log.js';
import { Database } from './database.js';

/** What processes tell each other; a payload stays below Postgres' limit of 8,000 bytes. */
export type Channel =
  | 'kanade_library'
  | 'kanade_catalog'
  | 'kanade_encode'
  | 'kanade_fragment'
  | 'kanade_wanted'
  | 'kanade_analyse'
  | 'kanade_revoked'
  | 'kanade_granted'
  | 'kanade_session';

type Listener = (payload: unknown) => void;

const RECONNECT_MS = 1000;

/**
 * LISTEN and NOTIFY on one connection of its own, opened at the first subscription and again whenever it is lost.
 * Messages sent while it is away are lost: whoever subscribes must be able to look the state up, too.
 */
@Injectable()
export class Notifier implements OnModuleDestroy {
  private readonly listeners = new Map<Channel, Set<Listener>>();
  private client: Promise<pg.Client> | null = null;
  private closed = false;

  constructor(private readonly db: Database) {}

  /** Inside a transaction it is told at the commit, and never if that fails. */
  async publish(channel: Channel, payload: unknown, tx?: EntityManager): Promise<void> {
    await this.db.query('SELECT pg_notify($1, $2)', [channel, JSON.stringify(payload)], tx);
  }

  /** @returns a function that ends the subscription. */
  async subscribe(channel: Channel, listener: Listener): Promise<() => void> {
    const known = this.listeners.get(channel);
    if (known === undefined) {
      this.listeners.set(channel, new Set([listener]));
      await (await this.connection()).query(`LISTEN ${channel}`);
    } else {
      known.add(listener);
    }
    return () => this.listeners.get(channel)?.delete(listener);
  }

  async onModuleDestroy(): Promise<void> {
    this.closed = true;
    await this.client?.then((client) => client.end()).catch(() => undefined);
  }

  private connection(): Promise<pg.Client> {
    this.client ??= this.connect();
    return this.client;
  }

  private async connect(): Promise<pg.Client> {
    const options = this.db.source.options;
    const client = new pg.Client({
      connectionString: options.type === 'postgres' ? options.url : undefined,
      keepAlive: true,
    });
    client.on('notification', (message) => this.deliver(message.channel, message.payload ?? 'null'));
    client.on('error', () => undefined);
    client.on('end', () => this.reconnectLater());
    try {
      await client.connect();
      for (const channel of this.listeners.keys()) await client.query(`LISTEN ${channel}`);
      return client;
    } catch (error) {
      // A failed connect emits no 'end', so it asks for the next attempt itself.
      this.reconnectLater();
      throw error;
    }
  }

  private reconnectLater(): void {
    this.client = null;
    if (this.closed) return;
    setTimeout(() => {
      if (!this.closed)
        this.connection().catch((error: unknown) => log.debug({ err: error }, 'notifications are away'));
    }, RECONNECT_MS).unref();
  }

  private deliver(channel: string, text: string): void {
    for (const [name, listeners] of this.listeners) {
      if (name !== channel) continue;
      const payload: unknown = JSON.parse(text);
      for (const listener of listeners) listener(payload);
    }
  }
}
