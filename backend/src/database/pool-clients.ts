import { EventEmitter } from 'node:events';
import type { DataSource } from 'typeorm';

const ignore = (): void => undefined;

/**
 * A connection that ends in the moment in which it is new has nobody yet who listens for errors: pg-pool has let go of
 * it, and TypeORM, which waits for a promise, has not taken it. Unheard, the error would end the process; whoever uses
 * the connection next finds it ended.
 */
export const surviveLostClients = ({ driver }: DataSource): void => {
  // The pool of TypeORM's Postgres driver, which its general type does not tell of.
  const pool: unknown = Reflect.get(driver, 'master');
  if (pool instanceof EventEmitter)
    pool.on('connect', (client: unknown) => {
      if (client instanceof EventEmitter) client.on('error', ignore);
    });
};
