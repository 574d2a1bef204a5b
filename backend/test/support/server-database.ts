import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

/** The process id of a data folder's own Postgres. */
export const postmasterPid = (dataDir: string): number => Number(postmasterLines(dataDir)[0]);

export const postmasterPort = (dataDir: string): number => Number(postmasterLines(dataDir)[3]);

const postmasterLines = (dataDir: string): readonly string[] =>
  readFileSync(join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n');

/** Looks into the database of a running server, for what HTTP does not tell. */
export const askDatabase = async <Row extends pg.QueryResultRow>(
  dataDir: string,
  sql: string,
): Promise<readonly Row[]> => {
  const password = readFileSync(join(dataDir, 'postgres/password'), 'utf8').trim();
  const port = postmasterPort(dataDir);
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'kanade', password, database: 'kanade' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
};
