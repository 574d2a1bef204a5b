import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/database/embedded-postgres.js';
import { postmasterPid } from '../support/server-database.js';
import { removeFolder, temporaryFolder } from '../support/server.js';

describe('the Postgres of a data folder', () => {
  let folder: string;
  let running: readonly EmbeddedPostgres[] = [];
  beforeAll(() => {
    folder = temporaryFolder('embedded-postgres');
  });
  afterAll(async () => {
    await running[0]?.stop();
    removeFolder(folder);
  });

  const ask = async (sql: string): Promise<readonly unknown[]> => {
    const client = new pg.Client({ connectionString: running[0]?.url });
    await client.connect();
    try {
      return (await client.query<object>(sql)).rows;
    } finally {
      await client.end();
    }
  };

  it('is one, also for starts that meet while it comes up from a crash', async () => {
    running = [await startEmbeddedPostgres(folder)];
    for (const crash of [1, 2, 3]) {
      const table = `written_before_${crash}`;
      await ask(`CREATE TABLE ${table} AS SELECT n, repeat('x', 200) FROM generate_series(1, 100000) n`);
      process.kill(postmasterPid(folder), 'SIGKILL');
      running = await Promise.all([1, 2, 3].map(() => startEmbeddedPostgres(folder)));
      expect(new Set(running.map(({ url }) => url)).size).toBe(1);
      expect(running.filter(({ attached }) => !attached)).toHaveLength(1);
      expect(await ask(`SELECT count(*)::int AS rows FROM ${table}`)).toEqual([{ rows: 100_000 }]);
    }
  });

  it('starts although another program has the process id that it left behind', async () => {
    const pidFile = join(folder, 'postgres', 'cluster', 'postmaster.pid');
    const left = readFileSync(pidFile, 'utf8');
    await running[0]?.stop();
    writeFileSync(pidFile, left.replace(/^\d+/, String(process.pid)));
    running = [await startEmbeddedPostgres(folder)];
    expect(running[0]?.attached).toBe(false);
  });
});
