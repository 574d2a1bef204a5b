import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { errorMessage } from '../common/error-code.js';
import { log } from '../common/log.js';
import { startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.js';

/** Held by the process that owns a data folder, on a connection of its own: a killed owner lets go of it. */
const OWNER_LOCK = 7_526_083_213;

/** A killed server's own children need a moment to notice and to let go of its memory. */
const RETRY_MS = 250;

/**
 * The owner of an embedded Postgres. Its connection holds the owner's lock and notices when the server dies: then it
 * is started again at the same address, so that every pool finds it where it was.
 */
export class PostgresKeeper {
  private owner: pg.Client | null = null;
  private stopping = false;
  private healing: Promise<void> = Promise.resolve();

  constructor(
    private server: EmbeddedPostgres,
    private readonly dataDir: string,
  ) {}

  get url(): string {
    return this.server.url;
  }

  /** @throws Error when another process owns it, or the server does not answer */
  async own(): Promise<void> {
    const client = new pg.Client({ connectionString: this.server.url, keepAlive: true });
    client.on('error', () => undefined);
    await client.connect();
    const result = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [
      OWNER_LOCK,
    ]);
    if (result.rows[0]?.held !== true) {
      await client.end();
      throw new Error(`another Kanade is running on the data folder ${this.dataDir}`);
    }
    this.owner = client;
    client.once('end', () => {
      this.owner = null;
      if (!this.stopping) this.healing = this.heal();
    });
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.healing;
    await this.owner?.end().catch(() => undefined);
    await this.server.stop();
  }

  private async heal(): Promise<void> {
    log.error('Postgres died and is started again');
    const port = Number(new URL(this.server.url).port);
    while (!this.stopping) {
      try {
        this.server = await startEmbeddedPostgres(this.dataDir, port);
        await this.own();
        log.warn('Postgres is back');
        return;
      } catch (error) {
        log.debug({ error: errorMessage(error) }, 'Postgres is not back yet');
        await pause(RETRY_MS);
      }
    }
  }
}
