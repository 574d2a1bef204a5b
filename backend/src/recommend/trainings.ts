import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { newId } from '../common/id.js';
import { decodeIdCursor, toPage, type Page, type PageQuery } from '../common/page.js';
import { Database } from '../database/database.js';
import { PRIORITY } from '../jobs/job-map.js';
import { JobQueue } from '../jobs/job-queue.js';
import type { Report, Training } from './trainings.dto.js';

type Row = Omit<Training, 'askedAt' | 'startedAt' | 'endedAt'> & {
  readonly askedAt: Date;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
};

const LIST = 'trainings';
const SELECT = `SELECT id, cause, state, stage, progress::float8, asked_at AS "askedAt", started_at AS "startedAt",
    ended_at AS "endedAt", rung, model_version AS model, reason, report FROM recommender_trainings`;

/** The trainings of the recommender: asked for, under way, over. */
@Injectable()
export class Trainings {
  constructor(
    private readonly db: Database,
    private readonly jobs: JobQueue,
  ) {}

  /** One that waits already is the one that is asked for. */
  ask(cause: Training['cause'], also?: (id: string, tx: EntityManager) => Promise<void>): Promise<Training> {
    return this.db.transaction(async (tx) => {
      const row = await this.waiting(cause, tx);
      const priority = cause === 'asked' ? PRIORITY.next : PRIORITY.idle;
      await this.jobs.enqueue('recommend.train', { trainingId: row.id }, { tx, priority });
      await also?.(row.id, tx);
      return toTraining(row);
    });
  }

  private async waiting(cause: Training['cause'], tx: EntityManager): Promise<Row> {
    for (;;) {
      await this.db.query(
        `INSERT INTO recommender_trainings (id, cause) VALUES ($1, $2) ON CONFLICT (state) WHERE state = 'waiting' DO NOTHING`,
        [newId(), cause],
        tx,
      );
      const row = await this.db.first<Row>(`${SELECT} WHERE state = 'waiting' FOR UPDATE`, [], tx);
      // The one that waited may have begun between the two: then there is room for another.
      if (row !== undefined) return row;
    }
  }

  async list({ limit, cursor }: PageQuery): Promise<Page<Training>> {
    const rows = await this.db.query<Row>(
      `${SELECT} WHERE $1::uuid IS NULL OR id < $1 ORDER BY id DESC LIMIT $2`,
      [decodeIdCursor(LIST, cursor), limit + 1],
    );
    return toPage(rows, limit, toTraining, ({ id }) => [LIST, id]);
  }

  /** @returns false where it is over already, or never was */
  async begin(id: string): Promise<boolean> {
    const rows = await this.db.query(
      `UPDATE recommender_trainings SET state = 'running', started_at = now(), progress = 0, stage = 'read'
        WHERE id = $1 AND state IN ('waiting', 'running') RETURNING id`,
      [id],
    );
    return rows.length > 0;
  }

  async tell(id: string, stage: string, progress: number): Promise<void> {
    await this.db.query(
      `UPDATE recommender_trainings SET stage = $2, progress = $3 WHERE id = $1 AND state = 'running'`,
      [id, stage, progress],
    );
  }

  async promoted(id: string, model: string, rung: string, report: Report): Promise<void> {
    await this.end(id, { state: 'promoted', rung, model, reason: null, report });
  }

  async refused(id: string, reason: string, rung: string | null, report: Report | null): Promise<void> {
    await this.end(id, { state: 'refused', rung, model: null, reason, report });
  }

  async failed(id: string, reason: string): Promise<void> {
    await this.end(id, { state: 'failed', rung: null, model: null, reason, report: null });
  }

  private async end(
    id: string,
    { state, rung, model, reason, report }: Pick<Training, 'state' | 'rung' | 'model' | 'reason' | 'report'>,
  ): Promise<void> {
    await this.db.query(
      `UPDATE recommender_trainings SET state = $2, rung = $3, model_version = $4, reason = $5, report = $6,
         stage = NULL, progress = 1, ended_at = now() WHERE id = $1`,
      [id, state, rung, model, reason, report === null ? null : JSON.stringify(report)],
    );
  }
}

const toTraining = ({ askedAt, startedAt, endedAt, ...row }: Row): Training => ({
  ...row,
  askedAt: askedAt.toISOString(),
  startedAt: startedAt?.toISOString() ?? null,
  endedAt: endedAt?.toISOString() ?? null,
});
