import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { PRIORITY } from '../jobs/job-map.js';
import { JobQueue } from '../jobs/job-queue.js';

/** Each whole scan brings as many back; a library has more only when something is wrong with all of them. */
const MOST_AT_ONCE = 10_000;

/**
 * Files that wait to be looked at, whose job was tried in vain (the database or the disk away for too long); and those
 * whose count of samples an encoder has found wrong (LeaseRepository).
 */
@Injectable()
export class ForgottenFiles {
  constructor(
    private readonly db: Database,
    private readonly jobs: JobQueue,
  ) {}

  async requeue(libraryId: string): Promise<void> {
    const files = await this.db.query<{ readonly fileId: string }>(
      `SELECT f.id AS "fileId" FROM files f
        WHERE f.library_id = $1 AND (f.state = 'pending' OR (f.state = 'ready' AND f.facts_version = 0))
          AND NOT EXISTS (SELECT FROM pgboss.job j
                           WHERE j.name = 'ingest.analyse' AND j.state <= 'active' AND j.singleton_key = f.id::text)
        ORDER BY f.id LIMIT ${MOST_AT_ONCE}`,
      [libraryId],
    );
    await this.jobs.enqueueMany('ingest.analyse', files, { priority: PRIORITY.idle });
  }
}
