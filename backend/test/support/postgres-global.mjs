import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Jest's globalSetup of the database tests: one Postgres of the run's own, from the built server's code. */
export default async () => {
  if (process.env.KANADE_TEST_POSTGRES !== undefined) return;
  const built = new URL('../../dist/database/embedded-postgres.js', import.meta.url);
  if (!existsSync(built)) throw new Error('Build the server first: npm run build');
  const { startEmbeddedPostgres } = await import(built.href);
  const folder = mkdtempSync(join(tmpdir(), 'kanade-test-postgres-'));
  const server = await startEmbeddedPostgres(folder);
  process.env.KANADE_TEST_POSTGRES = server.url;
  globalThis.kanadeTestPostgres = { server, folder };
};
