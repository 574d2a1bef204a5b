import type { Legacy } from '../database/worker-presence.js';
import { returnActiveJobs, type Ask } from '../jobs/returned-jobs.js';
import { expireLeases } from './lost-leases.js';

const HELD = `(SELECT count(*) FROM renditions WHERE state = 'encoding' AND lease_expires_at > now())
  + (SELECT count(*) FROM pgboss.job WHERE state = 'active')`;

/** What dead workers held: jobs of all queues, and leases. Whoever it belonged to can no longer finish it. */
export const workerLegacy: Legacy = {
  exists: async (client) => {
    // Before the first worker there are no queues.
    const queues = await client.query<{ there: boolean }>(
      `SELECT to_regclass('pgboss.job') IS NOT NULL AS there`,
    );
    if (queues.rows[0]?.there !== true) return false;
    const { rows } = await client.query<{ held: boolean }>(`SELECT ${HELD} > 0 AS held`);
    return rows[0]?.held === true;
  },
  release: async (client) => {
    const ask: Ask = (sql, params) => client.query(sql, [...params]);
    await ask('BEGIN', []);
    await returnActiveJobs(ask, null);
    await expireLeases(ask);
    await ask('COMMIT', []);
  },
};
