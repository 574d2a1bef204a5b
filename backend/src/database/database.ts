import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { surviveLostClients } from './pool-clients.js';

/** Written SQL and transactions; a repository's method takes the caller's transaction as its last parameter. */
@Injectable()
export class Database {
  constructor(readonly source: DataSource) {
    surviveLostClients(source);
  }

  get manager(): EntityManager {
    return this.source.manager;
  }

  /** Rows as Postgres gives them: bigint and numeric columns come as text, so cast in SQL what fits a number. */
  async query<Row>(
    sql: string,
    params: readonly unknown[] = [],
    tx: EntityManager = this.manager,
  ): Promise<Row[]> {
    const result: unknown = await tx.query(sql, [...params]);
    // An UPDATE or DELETE comes back from TypeORM as [rows, count].
    const rows: unknown = isRowsAndCount(result) ? result[0] : result;
    return isRows<Row>(rows) ? rows : [];
  }

  /** The first row, if any. */
  async first<Row>(
    sql: string,
    params: readonly unknown[] = [],
    tx?: EntityManager,
  ): Promise<Row | undefined> {
    return (await this.query<Row>(sql, params, tx))[0];
  }

  transaction<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.source.transaction(work);
  }

  /**
   * Runs `work` if nobody else in the whole installation holds this name; null when somebody does.
   * The lock lives on its own connection and ends with it, so a killed holder never blocks the next.
   */
  async withAdvisoryLock<T>(name: string, work: () => Promise<T>): Promise<T | null> {
    const runner = this.source.createQueryRunner();
    try {
      await runner.connect();
      const rows: unknown = await runner.query(
        'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held',
        [name],
      );
      if (!isRows<{ held: boolean }>(rows) || rows[0]?.held !== true) return null;
      try {
        return await work();
      } finally {
        await runner
          .query('SELECT pg_advisory_unlock(hashtextextended($1, 0))', [name])
          .catch(() => undefined);
      }
    } finally {
      await runner.release();
    }
  }
}

const isRows = <Row>(value: unknown): value is Row[] => Array.isArray(value);

const isRowsAndCount = (value: unknown): value is [unknown[], number] =>
  Array.isArray(value) && value.length === 2 && Array.isArray(value[0]) && typeof value[1] === 'number';
