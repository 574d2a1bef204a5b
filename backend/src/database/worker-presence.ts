import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { errorMessage } from '../common/error-code.js';
import { log } from '../common/log.js';

/** Held by every living worker together with the others, and for a moment by one alone that starts. */
const WORKERS_LOCK = 7_526_083_214;

/** A worker whose connection was lost is back within a fraction of this, and waits for the lock where it can be seen. */
const PATIENCE_MS = 2000;
const LOOK_EVERY_MS = 100;

/** What workers that died left behind. It is asked and told only while no worker lives. */
export interface Legacy {
  exists(client: pg.Client): Promise<boolean>;
  release(client: pg.Client): Promise<void>;
}

/**
 * A living worker holds a lock of the database on a connection of its own, so that the death of all of them is seen
 * by the next that starts, whatever clocks and heartbeats say. It releases what they held; beside a living worker it
 * releases nothing, and what the dead held comes back when its lease is over.
 */
export class WorkerPresence {
  private closed = false;

  private constructor(
    private readonly url: string,
    private connection: Connection,
  ) {}

  /** @returns once this worker counts as living. @throws as the database does */
  static async enter(url: string, legacy: Legacy): Promise<WorkerPresence> {
    const connection = await connect(url);
    const { client } = connection;
    for (;;) {
      // Alone with the lock, for as long as the look takes: whoever starts meanwhile comes round again.
      if (await tries(client, 'pg_try_advisory_lock')) {
        if ((await legacy.exists(client)) && (await nobodyComesBack(client))) await legacy.release(client);
        await client.query('SELECT pg_advisory_lock_shared($1)', [WORKERS_LOCK]);
        await client.query('SELECT pg_advisory_unlock($1)', [WORKERS_LOCK]);
        break;
      }
      if (await tries(client, 'pg_try_advisory_lock_shared')) break;
      await pause(LOOK_EVERY_MS);
    }
    const presence = new WorkerPresence(url, connection);
    void presence.stay();
    return presence;
  }

  async leave(): Promise<void> {
    this.closed = true;
    await this.connection.client.end().catch(() => undefined);
  }

  private async stay(): Promise<void> {
    while (!this.closed) {
      await this.connection.ended;
      if (!this.closed) await this.comeBack();
    }
  }

  private async comeBack(): Promise<void> {
    try {
      this.connection = await connect(this.url);
      // Waits behind one that starts, which sees by that that somebody lives.
      await this.connection.client.query('SELECT pg_advisory_lock_shared($1)', [WORKERS_LOCK]);
    } catch (error) {
      log.debug({ error: errorMessage(error) }, 'this worker cannot show that it lives');
      await pause(LOOK_EVERY_MS);
    }
  }
}

interface Connection {
  readonly client: pg.Client;
  readonly ended: Promise<unknown>;
}

const connect = async (url: string): Promise<Connection> => {
  const client = new pg.Client({ connectionString: url, keepAlive: true });
  client.on('error', () => undefined);
  const ended = new Promise((resolve) => client.once('end', resolve));
  await client.connect();
  // A machine that lost its power says no goodbye.
  await client.query(
    'SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3',
  );
  return { client, ended };
};

const tries = async (client: pg.Client, lock: string): Promise<boolean> =>
  (await client.query<{ held: boolean }>(`SELECT ${lock}($1) AS held`, [WORKERS_LOCK])).rows[0]?.held ===
  true;

const nobodyComesBack = async (client: pg.Client): Promise<boolean> => {
  for (let waited = 0; waited < PATIENCE_MS; waited += LOOK_EVERY_MS) {
    await pause(LOOK_EVERY_MS);
    // A key of 64 bits stands in two columns.
    const { rows } = await client.query(
      `SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objsubid = 1
          AND classid = ($1::bigint >> 32)::int AND objid = ($1::bigint & 4294967295)::oid
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
      [WORKERS_LOCK],
    );
    if (rows.length > 0) return false;
  }
  return true;
};
