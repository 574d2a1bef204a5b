import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { availableParallelism } from 'node:os';
import { PgBoss } from 'pg-boss';
import type { EntityManager } from 'typeorm';
import { log } from '../common/log.js';
import { JOB_NAMES, PRIORITY, QUEUES, type JobHandlers, type JobMap, type JobName } from './job-map.js';

export const DATABASE_URL = Symbol('kanade:database-url');

export interface EnqueueOptions {
  /** The job exists exactly when this transaction commits. */
  readonly tx?: EntityManager;
  readonly priority?: number;
}

/** A worker that dies is noticed after this long, and its job is given to the next. */
const HEARTBEAT_SECONDS = 30;

/** No retry of ours waits for longer (see `open`): a job that is to begin later was queued before the clock was set back. */
const LONGEST_WAIT_MINUTES = 5;
const LOOK_AT_CLOCK_MS = 60_000;

/** pg-boss behind the typed job map: the only place that knows it. */
@Injectable()
export class JobQueue implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly boss: PgBoss;
  private started: Promise<void> | null = null;
  private clockLook: NodeJS.Timeout | undefined;

  constructor(@Inject(DATABASE_URL) url: string) {
    this.boss = new PgBoss({
      connectionString: url,
      max: 4,
      useListenNotify: true,
      superviseIntervalSeconds: 15,
      monitorIntervalSeconds: 15,
    });
    this.boss.on('error', (error) => log.warn({ err: error }, 'job queue'));
  }

  /** Makes the queues; safe to call more than once. */
  start(): Promise<void> {
    this.started ??= this.open();
    return this.started;
  }

  async onApplicationBootstrap(): Promise<void> {
    await this.start();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.clockLook);
    if (this.started !== null) await this.boss.stop({ graceful: true, timeout: 10_000 });
  }

  async enqueue<N extends JobName>(name: N, data: JobMap[N], options: EnqueueOptions = {}): Promise<void> {
    await this.enqueueMany(name, [data], options);
  }

  /** One job a payload; a payload that already waits in the queue is not queued twice. */
  async enqueueMany<N extends JobName>(
    name: N,
    payloads: readonly JobMap[N][],
    options: EnqueueOptions = {},
  ): Promise<void> {
    if (payloads.length === 0) return;
    const { tx, priority = PRIORITY.idle } = options;
    const jobs = payloads.map((data) => ({ data, priority, singletonKey: keyOf(data) }));
    await this.boss.insert(name, jobs, tx === undefined ? {} : { db: inTransaction(tx) });
  }

  /** Somebody waits: jobs that are queued already move up, those that are not are queued there. */
  async hasten<N extends JobName>(
    name: N,
    payloads: readonly JobMap[N][],
    priority: number = PRIORITY.waiting,
  ): Promise<void> {
    for (const data of payloads)
      await this.boss.update(name, undefined, { singletonKey: keyOf(data), priority });
    await this.enqueueMany(name, payloads, { priority });
  }

  /** What waits moves up to this priority; nothing moves down, and nothing is queued that was not. */
  async raise<N extends JobName>(name: N, payloads: readonly JobMap[N][], priority: number): Promise<void> {
    if (payloads.length === 0) return;
    await this.boss.getDb().executeSql(
      `UPDATE pgboss.job SET priority = $3
        WHERE name = $1 AND singleton_key = ANY($2::text[]) AND state < 'active' AND priority < $3`,
      [name, payloads.map(keyOf), priority],
    );
  }

  /** Whether a job with this payload waits or runs. */
  async isOpen<N extends JobName>(name: N, data: JobMap[N]): Promise<boolean> {
    const jobs = await this.boss.findJobs(name, { key: Object.values(data).join(' ') });
    return jobs.some(({ state }) => state === 'created' || state === 'retry' || state === 'active');
  }

  /** Whether a job of this name could begin if there were hands for it. */
  async hasWaiting(name: JobName): Promise<boolean> {
    const { rows } = await this.boss.getDb().executeSql(
      `SELECT FROM pgboss.job
          WHERE name = $1 AND state < 'active' AND NOT blocked AND start_after <= now() LIMIT 1`,
      [name],
    );
    return rows.length > 0;
  }

  /** Takes jobs until the process stops. Every job has a handler, or this does not compile. */
  async work(handlers: JobHandlers): Promise<void> {
    await this.start();
    const look = (): void =>
      void this.bringForward().catch((error: unknown) => log.debug({ err: error }, 'no look at the clock'));
    this.clockLook = setInterval(look, LOOK_AT_CLOCK_MS).unref();
    for (const name of JOB_NAMES)
      for (let slot = 0; slot < QUEUES[name].concurrency(availableParallelism()); slot++)
        await this.workOn(name, handlers[name]);
  }

  /** Takes jobs of one kind, one at a time: beside a worker, or where there is none. */
  async help<N extends JobName>(name: N, handler: JobHandlers[N]): Promise<void> {
    await this.start();
    await this.workOn(name, handler);
  }

  /** What was queued before the clock was set back begins now, and not when the clock has come there again. */
  async bringForward(): Promise<void> {
    await this.boss.getDb().executeSql(
      `UPDATE pgboss.job SET start_after = now()
        WHERE state < 'active' AND start_after > now() + make_interval(mins => ${LONGEST_WAIT_MINUTES})`,
    );
  }

  /** One job after another; pg-boss itself would wait out its poll after each, however many are queued. */
  private async workOn<N extends JobName>(name: N, handler: JobHandlers[N]): Promise<void> {
    const workerId = await this.boss.work<JobMap[N]>(
      name,
      { pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 5 },
      async (jobs) => {
        for (const job of jobs) {
          try {
            await handler(job.data, job.signal, job.retryCount >= QUEUES[name].retryLimit);
          } catch (error) {
            log.warn({ err: error, job: name, data: job.data }, 'a job failed');
            throw error;
          } finally {
            this.boss.notifyWorker(workerId);
          }
        }
      },
    );
  }

  private async open(): Promise<void> {
    await this.boss.start();
    for (const name of JOB_NAMES) {
      const { expireInSeconds, retryLimit } = QUEUES[name];
      await this.boss.createQueue(name, {
        policy: 'stately',
        notify: true,
        expireInSeconds,
        retryLimit,
        retryBackoff: true,
        retryDelay: 2,
        heartbeatSeconds: HEARTBEAT_SECONDS,
        deleteAfterSeconds: 3600,
        retentionSeconds: 30 * 24 * 3600,
      });
    }
  }
}

const keyOf = (data: object): string => Object.values(data).join(' ');

const inTransaction = (
  tx: EntityManager,
): { executeSql(text: string, values?: unknown[]): Promise<{ rows: unknown[] }> } => ({
  executeSql: async (text, values) => {
    const rows: unknown = await tx.query(text, values);
    return { rows: Array.isArray(rows) ? rows : [] };
  },
});
