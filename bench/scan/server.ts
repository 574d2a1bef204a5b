import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../backend/dist/database/embedded-postgres.js';
import { migrate } from '../../backend/dist/database/migrate.js';

export interface ScratchServer {
  readonly postmaster: number;
  /** A fresh database with the real migrations. */
  makeDatabase(name: string): Promise<string>;
  stop(): Promise<void>;
}

export const runSql = async (url: string, ...statements: readonly string[]): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
};

/** A Postgres of its own, in the bench's scratch folder. */
export const startScratchServer = async (folder: string): Promise<ScratchServer> => {
  const server = await startEmbeddedPostgres(folder);
  const pidFile = join(folder, 'postgres', 'cluster', 'postmaster.pid');
  return {
    postmaster: Number(readFileSync(pidFile, 'utf8').split('\n')[0]),
    makeDatabase: async (name) => {
      await runSql(server.url, `CREATE DATABASE ${name}`);
      const url = server.url.replace(/\/[^/]*$/, `/${name}`);
      await migrate(url);
      return url;
    },
    stop: () => server.stop(),
  };
};
