import { MIGRATIONS } from '@kanade/migrations';
import type { QueryRunner } from 'typeorm';
import type { Database } from '../database/database.js';

/** A column, index or constraint, as Postgres writes its definition; the same text means the same thing. */
export interface Piece {
  readonly kind: 'column' | 'index' | 'constraint';
  readonly name: string;
  readonly definition: string;
}

const SCRATCH = 'kanade_as_migrated';

/** Neither a table of the migrations nor one that must not be: what runs them, and a search index that is being built. */
const ASIDE = `(c.relname IN ('migrations', 'typeorm_metadata') OR c.relname ~ '^search_[a-z]+_next$')`;

const SHAPE = `
  SELECT 'column' AS kind, c.relname || '.' || a.attname AS name,
         format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
           || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')
           || CASE WHEN a.attcollation = 0 OR l.collname = 'default' THEN '' ELSE ' COLLATE ' || l.collname END AS definition
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    LEFT JOIN pg_collation l ON l.oid = a.attcollation
   WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
     AND NOT ${ASIDE}
  UNION ALL
  SELECT 'index', i.relname, pg_get_indexdef(x.indexrelid) || CASE WHEN x.indisvalid THEN '' ELSE ' INVALID' END
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname = $1 AND NOT ${ASIDE}
  UNION ALL
  SELECT 'constraint', c.relname || '.' || o.conname, pg_get_constraintdef(o.oid)
    FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace
   WHERE n.nspname = $1 AND o.contype <> 'n' AND NOT ${ASIDE}
  ORDER BY 1, 2`;

interface Read extends Omit<Piece, 'definition'> {
  readonly definition: string | null;
}
const isWhole = (piece: Read): piece is Piece => piece.definition !== null;

const shapeOf = async (runner: QueryRunner, schema: string): Promise<Piece[]> => {
  // Names of the schema that is looked at are written without it, so that both read alike.
  await runner.query(`SET LOCAL search_path = ${schema === 'public' ? 'public' : `${schema}, public`}`);
  let pieces: readonly Read[];
  // What has gone between the list of pieces and its definition has given its name to another by now.
  do
    pieces = (await runner.query(SHAPE, [schema])) as Read[]; // The columns that SHAPE names.
  while (!pieces.every(isWhole));
  return pieces.map((piece) => ({ ...piece, definition: piece.definition.replaceAll(`${schema}.`, '') }));
};

/** The schema as it is, and as the migrations make it: run once more in a schema of their own, and rolled back. */
export const compareShapes = async (
  db: Database,
): Promise<{ readonly lacking: readonly Piece[]; readonly surplus: readonly Piece[] }> => {
  const runner = db.source.createQueryRunner();
  await runner.connect();
  try {
    await runner.startTransaction();
    const real = await shapeOf(runner, 'public');
    await runner.query(`CREATE SCHEMA ${SCRATCH}`);
    await runner.query(`SET LOCAL search_path = ${SCRATCH}, public`);
    for (const Migration of MIGRATIONS) await new Migration().up(runner);
    const right = await shapeOf(runner, SCRATCH);
    return { lacking: without(right, real), surplus: without(real, right) };
  } finally {
    if (runner.isTransactionActive) await runner.rollbackTransaction();
    await runner.release();
  }
};

const without = (pieces: readonly Piece[], others: readonly Piece[]): readonly Piece[] => {
  const known = new Set(others.map(textOf));
  return pieces.filter((piece) => !known.has(textOf(piece)));
};

const textOf = ({ kind, name, definition }: Piece): string => `${kind} ${name} ${definition}`;
