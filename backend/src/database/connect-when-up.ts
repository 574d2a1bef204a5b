import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { errorCode } from '../common/error-code.js';

/** A server that replays what a crash left, or is only just on its way up; a large log may take its time. */
const LIMIT_MS = 60_000;
const RETRY_MS = 100;
/** `cannot_connect_now` of Postgres' appendix A: starting up, shutting down, or in recovery. */
const STARTING = '57P03';

/** Whether a server that answers so will soon take connections, where one is known to run. */
export const isStarting = (error: unknown): boolean => errorCode(error) === STARTING;

/**
 * A connection to a server that may still be starting.
 * @param isComing says of a failure whether waiting helps
 * @throws what the last attempt failed with, at once when waiting does not help, else after a minute
 */
export const connectWhenUp = async (
  connectionString: string,
  isComing: (error: unknown) => boolean = isStarting,
): Promise<pg.Client> => {
  const end = Date.now() + LIMIT_MS;
  for (;;) {
    const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (!isComing(error) || Date.now() > end) throw error;
      await pause(RETRY_MS);
    }
  }
};
