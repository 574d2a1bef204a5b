import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { Database } from '../../src/database/database.js';
import { migrate } from '../../src/database/migrate.js';
import { Library } from '../../src/libraries/library.entity.js';
import { ApiKey } from '../../src/users/api-key.entity.js';
import { Invitation } from '../../src/users/invitation.entity.js';
import { Session } from '../../src/users/session.entity.js';
import { User } from '../../src/users/user.entity.js';

/** Entities of rooms that a suite needs besides these are passed to testDatabase. */
type EntityClass = new () => object;

export interface TestDatabase {
  readonly url: string;
  readonly db: Database;
  close(): Promise<void>;
}

/** The server that Jest's globalSetup started for this run. */
const serverUrl = (): string => {
  const url = process.env['KANADE_TEST_POSTGRES'];
  if (url === undefined)
    throw new Error('Run the database tests by their Jest project, which starts a Postgres.');
  return url;
};

const admin = async (url: string, sql: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
};

/** A fresh database with the real migrations, dropped at close. */
export const testDatabase = async (entities: readonly EntityClass[] = []): Promise<TestDatabase> => {
  const server = serverUrl();
  const name = `test_${randomBytes(6).toString('hex')}`;
  await admin(server, `CREATE DATABASE ${name}`);
  const url = server.replace(/\/[^/]*$/, `/${name}`);
  await migrate(url);
  const source = await new DataSource({
    type: 'postgres',
    url,
    poolSize: 8,
    entities: [User, Session, ApiKey, Invitation, Library, ...entities],
  }).initialize();
  return {
    url,
    db: new Database(source),
    close: async () => {
      await source.destroy();
      await admin(server, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
};
