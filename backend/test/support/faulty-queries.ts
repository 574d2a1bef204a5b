import { Socket } from 'node:net';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { Database } from '../../src/database/database.js';

/** `unsent`: the connection ends before the query has left. `unanswered`: it was done, and nobody was told. */
export const QUERY_FAULTS = ['unsent', 'unanswered'] as const;
export type QueryFault = (typeof QUERY_FAULTS)[number];

const query: unknown = Object.getOwnPropertyDescriptor(pg.Client.prototype, 'query')?.value;

/** A way to a test's database on which the Nth query from now on loses its connection. */
export class FaultyQueries {
  private left = 0;
  private fault: QueryFault = 'unsent';
  private source: DataSource | null = null;

  /** Whether the query that was to fail was reached. */
  get hasFailed(): boolean {
    return this.left <= 0;
  }

  failAt(query: number, fault: QueryFault): void {
    this.left = query;
    this.fault = fault;
  }

  /** Nothing fails any more. */
  heal(): void {
    this.left = Number.POSITIVE_INFINITY;
  }

  async open(url: string): Promise<Database> {
    this.heal();
    const extra = { Client: this.clientClass() };
    this.source = await new DataSource({ type: 'postgres', url, poolSize: 4, extra }).initialize();
    return new Database(this.source);
  }

  async close(): Promise<void> {
    await this.source?.destroy();
  }

  private clientClass(): typeof pg.Client {
    const client = class extends pg.Client {};
    const ask = (on: pg.Client, args: readonly unknown[]): Promise<unknown> => this.ask(on, args);
    Object.defineProperty(client.prototype, 'query', {
      value(this: pg.Client, ...args: unknown[]) {
        return ask(this, args);
      },
    });
    return client;
  }

  private ask(on: pg.Client, args: readonly unknown[]): Promise<unknown> {
    const send = (): Promise<unknown> =>
      Promise.resolve(typeof query === 'function' ? Reflect.apply(query, on, args) : undefined);
    if (--this.left !== 0) return send();
    const done = this.fault === 'unsent' ? Promise.resolve() : send();
    return done.then(
      () => cut(on),
      () => cut(on),
    );
  }
}

/** As pg says it when a server goes away; what waits for the pool to notice is the pool's own affair. */
const cut = async (client: pg.Client): Promise<never> => {
  const ended = new Promise((resolve) => client.once('end', resolve));
  const connection: unknown = Reflect.get(client, 'connection');
  const stream: unknown =
    typeof connection === 'object' && connection !== null && Reflect.get(connection, 'stream');
  if (stream instanceof Socket) stream.destroy();
  await ended;
  throw new Error('Connection terminated unexpectedly');
};
