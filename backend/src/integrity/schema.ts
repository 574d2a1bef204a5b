import { MIGRATIONS } from '@kanade/migrations';
import { migrate } from '../database/migrate.js';
import type { Broken, House, Invariant } from './invariant.js';
import { compareShapes, type Piece } from './schema-shape.js';

const ranMigrations = async (house: House): Promise<readonly string[]> => {
  const table = await house.db.first<{ there: boolean }>(
    `SELECT to_regclass('migrations') IS NOT NULL AS there`,
  );
  if (table?.there !== true) return [];
  const rows = await house.db.query<{ name: string }>('SELECT name FROM migrations ORDER BY id');
  return rows.map(({ name }) => name);
};

/** An index can be made again from its definition; a column cannot get back what stood in it. */
const mendOf = (house: House, { kind, name, definition }: Piece): Pick<Broken, 'mend'> => {
  if (kind !== 'index') return {};
  return {
    mend: async () => {
      await house.db.query(`DROP INDEX IF EXISTS ${name}`);
      await house.db.query(definition);
    },
  };
};

async function* find(house: House): AsyncGenerator<Broken> {
  const ran = await ranMigrations(house);
  const known: readonly string[] = MIGRATIONS.map((migration) => migration.name);
  const waiting = known.filter((name) => !ran.includes(name));
  for (const name of ran.filter((each) => !known.includes(each)))
    yield { what: `migration ${name}`, problem: 'the database was used by a newer Kanade' };
  for (const name of waiting)
    yield {
      what: `migration ${name}`,
      problem: 'it has not run',
      mend: async () => void (await migrate(house.databaseUrl)),
    };
  // What a migration that has not run would make is not there either; that is said already.
  if (waiting.length > 0 || ran.length > known.length) return;
  const { lacking, surplus } = await compareShapes(house.db);
  for (const piece of lacking)
    yield {
      what: `${piece.kind} ${piece.name}`,
      problem: 'the schema lacks it as the migrations make it',
      ...mendOf(house, piece),
    };
  // What is merely different was told as lacking.
  const told = new Set(lacking.map(({ kind, name }) => `${kind} ${name}`));
  for (const { kind, name } of surplus)
    if (!told.has(`${kind} ${name}`)) yield { what: `${kind} ${name}`, problem: 'no migration makes it' };
}

export const SCHEMA: Invariant = {
  id: 'I9',
  holds: 'the migrations table is that of this version, and the schema is what its migrations make',
  find,
};
