import { errorMessage } from '../common/error-code.js';
import { log } from '../common/log.js';
import type { Database } from '../database/database.js';
import type { JobQueue } from '../jobs/job-queue.js';
import type { Ask } from '../jobs/returned-jobs.js';
import type { LeaseRepository } from './lease.repository.js';

/** A lease lasts 30 s: what a killed worker left is taken up within three quarters of a minute. */
const LOOK_EVERY_MS = 15_000;
const MOST_AT_START = 10_000;

/** A killed worker's renditions get a job again, whatever became of the job that they had. */
export class LostLeases {
  private timer: NodeJS.Timeout | undefined;
  private looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly db: Database,
    private readonly leases: LeaseRepository,
    private readonly jobs: JobQueue,
  ) {}

  async start(): Promise<void> {
    await this.jobs.start();
    await this.requeue(true);
    this.timer = setInterval(() => {
      // The database may be away: the next look finds what this one would have.
      this.looking = this.requeue(false).catch((error: unknown) =>
        log.debug({ error: errorMessage(error) }, 'could not look for lost leases'),
      );
    }, LOOK_EVERY_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.looking;
  }

  /** With `all`, every rendition that waits its turn gets a job; a track that has one keeps that. */
  async requeue(all: boolean): Promise<void> {
    await this.db.transaction(async (tx) => {
      const lost = await this.leases.releaseExpired(tx);
      const waiting = all ? await this.leases.tracksQueued(MOST_AT_START, tx) : [];
      const trackIds = [...new Set([...lost, ...waiting])];
      await this.jobs.enqueueMany(
        'transcode.track',
        trackIds.map((trackId) => ({ trackId })),
        { tx },
      );
    });
  }
}

/** For one who knows that no worker lives: whoever asks next may take every lease, with a higher fence. */
export const expireLeases = (ask: Ask): Promise<unknown> =>
  ask(
    `UPDATE renditions SET lease_expires_at = now() WHERE state = 'encoding' AND lease_expires_at > now()`,
    [],
  );
