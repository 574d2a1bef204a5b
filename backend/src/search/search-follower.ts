import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { errorMessage } from '../common/error-code.js';
import { log } from '../common/log.js';
import { Database } from '../database/database.js';
import { JobQueue } from '../jobs/job-queue.js';
import { shouldRebuild } from './rebuild-policy.js';
import { SearchRefresh } from './search-refresh.js';

/** For so long at most a change waits while the worker has nothing else to do. */
const LOOK_EVERY_MS = 500;
const THINK_EVERY_MS = 2000;

interface StateRow {
  readonly builtAgoMs: number | null;
  readonly tookMs: number;
  readonly docs: number;
  readonly fresh: number;
}

/** In the worker: follows the catalogue, and has the index built anew when that is worth it. */
@Injectable()
export class SearchFollower implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private looking: Promise<void> = Promise.resolve();
  private lastChange = performance.now();
  private lastThought = -THINK_EVERY_MS;

  constructor(
    private readonly db: Database,
    private readonly refresh: SearchRefresh,
    private readonly jobs: JobQueue,
  ) {}

  onApplicationBootstrap(): void {
    this.lookLater();
  }

  async onModuleDestroy(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.looking;
  }

  private lookLater(): void {
    if (this.stopped) return;
    this.timer = setTimeout(() => {
      this.looking = this.look()
        // The notes stay until somebody has worked them off.
        .catch((error: unknown) => log.debug({ error: errorMessage(error) }, 'the search did not follow'))
        .finally(() => this.lookLater());
    }, LOOK_EVERY_MS);
  }

  private async look(): Promise<void> {
    while (!this.stopped && (await this.refresh.drain()) > 0) this.lastChange = performance.now();
    if (this.stopped || performance.now() - this.lastThought < THINK_EVERY_MS) return;
    this.lastThought = performance.now();
    const state = await this.db.first<StateRow>(
      `SELECT extract(epoch FROM now() - built_at)::float8 * 1000 AS "builtAgoMs", took_ms AS "tookMs", docs,
         (SELECT count(*)::int FROM search_fresh) AS fresh FROM search_state`,
    );
    if (state !== undefined && shouldRebuild({ ...state, quietMs: performance.now() - this.lastChange }))
      await this.jobs.enqueue('search.rebuild', { index: 'search' });
  }
}
