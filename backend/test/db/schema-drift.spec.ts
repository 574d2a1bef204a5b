import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DataSource, getMetadataArgsStorage, type ColumnType } from 'typeorm';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

const SOURCES = join(import.meta.dirname, '../../src');

interface Column {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
}

/** Postgres' long names for what entities write short. */
const LONG: Readonly<Record<string, string>> = {
  timestamptz: 'timestamp with time zone',
  int: 'integer',
  int2: 'smallint',
  int4: 'integer',
  bool: 'boolean',
  float4: 'real',
};

const typeName = (type: ColumnType, isArray: boolean): string => {
  const short = typeof type === 'string' ? type : type.name.toLowerCase();
  return `${LONG[short] ?? short}${isArray ? '[]' : ''}`;
};

const byName = (a: Column, b: Column): number => (a.name < b.name ? -1 : 1);

describe('entities and migrations', () => {
  let test: TestDatabase;
  let source: DataSource;

  beforeAll(async () => {
    for (const file of readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }))
      if (file.endsWith('.entity.ts')) await import(join(SOURCES, file));
    test = await testDatabase();
    const entities = getMetadataArgsStorage().tables.flatMap((table) =>
      typeof table.target === 'function' ? [table.target] : [],
    );
    source = await new DataSource({
      type: 'postgres',
      url: test.url,
      entities: [...new Set(entities)],
    }).initialize();
  });
  afterAll(async () => {
    await source.destroy();
    await test.close();
  });

  it('name the same columns, of the same types, in every table', async () => {
    expect(source.entityMetadatas.length).toBeGreaterThan(8);
    for (const metadata of source.entityMetadatas) {
      const rows = await test.db.query<Column>(
        `SELECT a.attname AS name, format_type(a.atttypid, NULL) AS type, NOT a.attnotnull AS nullable
           FROM pg_attribute a WHERE a.attrelid = to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped`,
        [metadata.tableName],
      );
      const declared = metadata.columns.map((column): Column => ({
        name: column.databaseName,
        type: typeName(column.type, column.isArray),
        nullable: column.isNullable,
      }));
      expect({ table: metadata.tableName, columns: declared.sort(byName) }).toEqual({
        table: metadata.tableName,
        columns: rows.sort(byName),
      });
    }
  });
});
