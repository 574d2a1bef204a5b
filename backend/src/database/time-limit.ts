import type { EntityManager } from 'typeorm';
import { errorCode } from '../common/error-code.js';
import type { Database } from './database.js';

const CANCELLED = '57014';

/**
 * Runs `work` in a transaction of which no statement may take longer; `tooSlow` makes what is thrown when one did.
 * Postgres itself ends it then, so nothing goes on for somebody who waits no longer.
 */
export const withinTime = <T>(
  db: Database,
  longestMs: number,
  work: (tx: EntityManager) => Promise<T>,
  tooSlow: (cause: unknown) => Error,
): Promise<T> =>
  db
    .transaction(async (tx) => {
      await db.query(`SET LOCAL statement_timeout = ${longestMs}`, [], tx);
      return work(tx);
    })
    .catch((error: unknown) => {
      throw errorCode(error) === CANCELLED ? tooSlow(error) : error;
    });
