import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { Database } from '../../src/database/database.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

describe('the pool of connections', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase();
  });
  afterAll(() => test.close());

  it('outlives one that ends in the moment in which it is new', async () => {
    const source = await new DataSource({ type: 'postgres', url: test.url, poolSize: 2 }).initialize();
    const db = new Database(source);
    // What TypeORM does not tell of its Postgres driver.
    const pool = Reflect.get(source.driver, 'master') as pg.Pool;
    const first = await pool.connect();
    await new Promise<void>((resolve, reject) => {
      pool.connect((error, client, release) => {
        if (error || !client) return reject(error ?? new Error('no client'));
        try {
          // As it comes from Postgres behind its first answer, before anybody could take the connection.
          client.emit('error', new Error('terminating connection due to administrator command'));
          resolve();
        } catch (thrown) {
          reject(thrown instanceof Error ? thrown : new Error(String(thrown)));
        } finally {
          release(true);
        }
      });
    });
    first.release();
    expect(await db.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await source.destroy();
  });
});
