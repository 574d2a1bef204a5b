import type pg from 'pg';
import { errorMessage } from '../common/error-code.js';
import type { Config } from '../config/config.js';
import { connectWhenUp } from './connect-when-up.js';
import { hasCluster, startEmbeddedPostgres, type EmbeddedPostgres } from './embedded-postgres.js';
import { PostgresKeeper } from './postgres-keeper.js';

export interface OpenDatabase {
  readonly url: string;
  /** Ends the embedded server; an external one is left alone. */
  stop(): Promise<void>;
}

const OLDEST = 150_000;

const openEmbedded = async (dataDir: string): Promise<OpenDatabase> =>
  own(await startEmbeddedPostgres(dataDir), dataDir);

const own = async (server: EmbeddedPostgres, dataDir: string): Promise<OpenDatabase> => {
  const keeper = new PostgresKeeper(server, dataDir);
  await keeper.own();
  return { url: keeper.url, stop: () => keeper.stop() };
};

/** @throws Error in words: unreachable, too old, or the embedded server's own reason. */
export const openDatabase = async (config: Config): Promise<OpenDatabase> => {
  if (config.databaseUrl === null) return openEmbedded(config.dataDir);
  let client: pg.Client | null = null;
  try {
    client = await connectWhenUp(config.databaseUrl);
    const result = await client.query<{ version: number }>(
      `SELECT current_setting('server_version_num')::int AS version`,
    );
    if ((result.rows[0]?.version ?? 0) < OLDEST) throw new Error('it is older than Postgres 15');
  } catch (cause) {
    const { hostname, port, pathname } = new URL(config.databaseUrl);
    throw new Error(
      `the database ${pathname.slice(1)} at ${hostname}:${port || 5432} (DATABASE_URL) cannot be used: ${errorMessage(cause) || 'nobody answers there'}`,
      { cause },
    );
  } finally {
    await client?.end().catch(() => undefined);
  }
  return { url: config.databaseUrl, stop: () => Promise.resolve() };
};

/**
 * For a program that only looks in: a running server is left running, a stopped one is started, owned and stopped again.
 * @throws Error in words
 */
export const visitDatabase = async (config: Config): Promise<OpenDatabase> => {
  if (config.databaseUrl !== null) return openDatabase(config);
  if (!hasCluster(config.dataDir)) throw new Error(`there is no database of Kanade in ${config.dataDir}`);
  const server = await startEmbeddedPostgres(config.dataDir);
  if (server.attached) return { url: server.url, stop: () => Promise.resolve() };
  return own(server, config.dataDir);
};
