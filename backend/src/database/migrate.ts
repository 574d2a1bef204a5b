import { MIGRATIONS } from '@kanade/migrations';
import pg from 'pg';
import { DataSource } from 'typeorm';

const LOCK = 7_526_083_212;

/**
 * Brings a database up to date, each migration in its own transaction; processes that start together take turns.
 * @returns the names of the migrations that ran.
 */
export const migrate = async (url: string): Promise<readonly string[]> => {
  // The lock is held on a connection of its own: it outlives each migration's transaction.
  const lock = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  lock.on('error', () => undefined);
  await lock.connect();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [LOCK]);
    const source = await new DataSource({
      type: 'postgres',
      url,
      migrations: [...MIGRATIONS],
      installExtensions: false,
    }).initialize();
    try {
      await refuseNewerSchema(source);
      const ran = await source.runMigrations({ transaction: 'each' });
      return ran.map((migration) => migration.name);
    } finally {
      await source.destroy();
    }
  } finally {
    await lock.end();
  }
};

const refuseNewerSchema = async (source: DataSource): Promise<void> => {
  const known = new Set(MIGRATIONS.map((migration) => migration.name));
  const exists: { found: string | null }[] = await source.query(
    `SELECT to_regclass('migrations')::text AS found`,
  );
  if (exists[0]?.found == null) return;
  const rows: { name: string }[] = await source.query('SELECT name FROM migrations ORDER BY id');
  const newer = rows.find((row) => !known.has(row.name));
  if (newer !== undefined)
    throw new Error(
      `The database was used by a newer Kanade (it has the migration ${newer.name}). Start that version, or restore a backup.`,
    );
};
