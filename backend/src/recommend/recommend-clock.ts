import { Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { errorMessage } from '../common/error-code.js';
import { log } from '../common/log.js';
import { Database } from '../database/database.js';
import { isTrainingDue } from './training-clock.js';
import { Trainings } from './trainings.js';
import { WeeklyJob } from './weekly.job.js';
import { Weights } from './weights.js';

/** For so long at most what somebody did is not weighed. */
const LOOK_EVERY_MS = 60_000;

/** In the worker: weighs what listeners did, and has a model trained every night. */
@Injectable()
export class RecommendClock implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | undefined;
  private readonly stop = new AbortController();
  private looking: Promise<void> = Promise.resolve();

  constructor(
    private readonly db: Database,
    private readonly weights: Weights,
    private readonly trainings: Trainings,
    private readonly weekly: WeeklyJob,
  ) {}

  onApplicationBootstrap(): void {
    this.lookLater();
  }

  async onModuleDestroy(): Promise<void> {
    this.stop.abort();
    clearTimeout(this.timer);
    await this.looking;
  }

  private lookLater(): void {
    if (this.stop.signal.aborted) return;
    this.timer = setTimeout(() => {
      this.looking = this.look(new Date())
        // Notes stay until somebody has worked them off, and a training that is due stays due.
        .catch((error: unknown) =>
          log.debug({ error: errorMessage(error) }, 'the recommender did not follow'),
        )
        .finally(() => this.lookLater());
    }, LOOK_EVERY_MS);
  }

  async look(now: Date): Promise<void> {
    await this.weights.refresh(this.stop.signal);
    const row = await this.db.first<{ lastAt: Date | null; isKnown: boolean }>(
      `SELECT (SELECT max(asked_at) FROM recommender_trainings) AS "lastAt",
         EXISTS (SELECT FROM listener_weights) AS "isKnown"`,
    );
    if (row?.isKnown === true && isTrainingDue(row.lastAt?.getTime() ?? null, now))
      await this.trainings.ask('nightly');
    await this.weekly.askForMissing(now);
  }
}
