import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { migrate } from '../../src/database/migrate.js';
import { Notifier } from '../../src/database/notifier.js';
import { testDatabase, type TestDatabase } from '../support/postgres.js';

describe('the database', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase();
  });
  afterAll(() => test.close());

  it('is migrated once even by processes that start together, and a second time changes nothing', async () => {
    const again = await Promise.all([migrate(test.url), migrate(test.url), migrate(test.url)]);
    expect(again).toEqual([[], [], []]);
  });

  it('refuses to run under an older version than the one that migrated it', async () => {
    await test.db.query(
      `INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'FromTheFuture9999999999999')`,
    );
    await expect(migrate(test.url)).rejects.toThrow('newer Kanade');
    await test.db.query(`DELETE FROM migrations WHERE name LIKE 'FromTheFuture%'`);
  });

  it.each(['水無月ユウ', 'Sigur Rós', 'Мумий Тролль'])(
    'finds %s by a part of it through the trigram index',
    async (name) => {
      await test.db.transaction(async (tx) => {
        await tx.query(`CREATE TEMP TABLE names (name text) ON COMMIT DROP`);
        await tx.query(`INSERT INTO names SELECT 'filler ' || n FROM generate_series(1, 20000) n`);
        await tx.query('INSERT INTO names VALUES ($1)', [name]);
        await tx.query('CREATE INDEX names_trigrams ON names USING gin (name gin_trgm_ops)');
        await tx.query('ANALYZE names');
        const part = name.slice(1, 4);
        const trigrams = await test.db.query<{ count: number }>(
          'SELECT array_length(show_trgm($1), 1) AS count',
          [part],
          tx,
        );
        expect(trigrams[0]?.count).toBeGreaterThan(0);
        const plan = await test.db.query<{ 'QUERY PLAN': string }>(
          `EXPLAIN SELECT * FROM names WHERE name LIKE '%${part}%'`,
          [],
          tx,
        );
        expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toContain('names_trigrams');
        expect(await test.db.query(`SELECT name FROM names WHERE name LIKE '%${part}%'`, [], tx)).toEqual([
          { name },
        ]);
      });
    },
  );

  it('lets one holder have an advisory lock, and the next when it is done', async () => {
    const inside = await test.db.withAdvisoryLock('scan', () =>
      test.db.withAdvisoryLock('scan', () => Promise.resolve('twice')),
    );
    expect(inside).toBeNull();
    expect(await test.db.withAdvisoryLock('scan', () => Promise.resolve('again'))).toBe('again');
  });

  it('tells subscribers what was published, at the commit and not before', async () => {
    const notifier = new Notifier(test.db);
    const heard: unknown[] = [];
    const arrived = new Promise<void>(
      (resolve) => void notifier.subscribe('kanade_catalog', (payload) => (heard.push(payload), resolve())),
    );
    await notifier.subscribe('kanade_library', () => undefined);
    await test.db
      .transaction((tx) =>
        notifier
          .publish('kanade_catalog', { revision: 1 }, tx)
          .then(() => Promise.reject(new Error('rolled back'))),
      )
      .catch(() => undefined);
    await test.db.transaction((tx) => notifier.publish('kanade_catalog', { revision: 2 }, tx));
    await arrived;
    expect(heard).toEqual([{ revision: 2 }]);
    await notifier.onModuleDestroy();
  });

  it('listens again after its connection was cut', async () => {
    const notifier = new Notifier(test.db);
    let arrived = (): void => undefined;
    await notifier.subscribe('kanade_encode', () => arrived());
    await test.db.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN kanade_encode%' AND datname = current_database()`,
    );
    await new Promise<void>((resolve) => {
      arrived = resolve;
      const again = setInterval(() => void notifier.publish('kanade_encode', {}), 100);
      arrived = () => (clearInterval(again), resolve());
    });
    await notifier.onModuleDestroy();
  });
});
