import { lstat } from 'node:fs/promises';
import { returnActiveJobs } from '../jobs/returned-jobs.js';
import type { Broken, House, Invariant } from './invariant.js';

/** A lease of a rendition lasts 30 s, a missed heartbeat of a job too: twice that, and nobody has taken it over. */
const OVERDUE = `interval '60 seconds'`;

interface Job {
  readonly id: string;
  readonly name: string;
  readonly key: string | null;
}

const stuckJobs = (house: House): Promise<Job[]> =>
  house.db.query<Job>(
    `SELECT id, name, singleton_key AS key FROM pgboss.job
      WHERE state = 'active' AND coalesce(heartbeat_on, started_on) < now() - ${OVERDUE} ORDER BY id`,
  );

interface Waiting {
  readonly id: string;
  readonly what: string;
}

const expiredLeases = (house: House): Promise<Waiting[]> =>
  house.db.query<Waiting>(
    `SELECT id, codec || ' ' || bitrate_kbps || ' of track ' || track_id AS what FROM renditions
      WHERE state = 'encoding' AND (lease_expires_at IS NULL OR lease_expires_at < now() - ${OVERDUE}) ORDER BY id`,
  );

const hasJob = (name: string, key: string): string =>
  `EXISTS (SELECT FROM pgboss.job j
            WHERE j.name = '${name}' AND j.state <= 'active' AND j.singleton_key = ${key})`;

/** What a listener waits for is told to the workers outright and needs no job. */
const forgottenRenditions = (house: House): Promise<Waiting[]> =>
  house.db.query<Waiting>(
    `SELECT r.id, r.codec || ' ' || r.bitrate_kbps || ' of track ' || r.track_id AS what
       FROM renditions r JOIN tracks t ON t.id = r.track_id JOIN files f ON f.id = t.file_id
      WHERE r.state = 'queued' AND r.wanted_at IS NULL AND f.state = 'ready' AND r.created_at < now() - ${OVERDUE}
        AND NOT ${hasJob('transcode.track', 'r.track_id::text')} ORDER BY r.id`,
  );

interface PendingFile extends Waiting {
  readonly path: Buffer;
  readonly sizeBytes: number;
}

const forgottenFiles = (house: House): Promise<PendingFile[]> =>
  house.db.query<PendingFile>(
    `SELECT f.id, f.display_path AS what, l.root || '\\x2f'::bytea || f.path AS path, f.size_bytes::float8 AS "sizeBytes"
       FROM files f JOIN libraries l ON l.id = f.library_id
      WHERE f.state = 'pending' AND NOT ${hasJob('ingest.analyse', 'f.id::text')} ORDER BY f.id`,
  );

/** A file that grew since the last scan waits for the next one, not for a job. */
const isAsSeen = async ({ path, sizeBytes }: PendingFile): Promise<boolean> =>
  (await lstat(path).catch(() => null))?.size === sizeBytes;

async function* find(house: House): AsyncGenerator<Broken> {
  // Before the first worker there are no queues, and nothing that could be stuck in them.
  const queues = await house.db.first<{ there: boolean }>(
    `SELECT to_regclass('pgboss.job') IS NOT NULL AS there`,
  );
  if (queues?.there !== true) return;
  for (const { id, name, key } of await stuckJobs(house))
    yield {
      what: `job ${name} ${key ?? id}`,
      problem: 'it runs, and nobody is at it',
      mend: () =>
        house.db.transaction((tx) =>
          returnActiveJobs((sql, params) => house.db.query(sql, params, tx), [id]),
        ),
    };
  const { requeueRenditions } = house.mending;
  for (const { what } of await expiredLeases(house))
    yield { what: `rendition ${what}`, problem: 'its encoder is gone', mend: requeueRenditions };
  for (const { what } of await forgottenRenditions(house))
    yield { what: `rendition ${what}`, problem: 'it waits its turn without a job', mend: requeueRenditions };
  for (const file of await forgottenFiles(house))
    if (await isAsSeen(file))
      yield {
        what: `file ${file.what}`,
        problem: 'it waits to be looked at without a job',
        mend: async () => (await house.mending.jobs()).enqueue('ingest.analyse', { fileId: file.id }),
      };
}

export const OPEN_WORK: Invariant = {
  id: 'I6',
  holds: 'whatever is at work has a live lease, and whatever waits has a job',
  find,
};
