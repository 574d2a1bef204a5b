import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Each training of the recommender: how far it is, what it measured, and what became of its model. */
export class Trainings1780000000051 implements MigrationInterface {
  readonly name = 'Trainings1780000000051';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE TABLE recommender_trainings (
      id uuid PRIMARY KEY,
      cause text NOT NULL CHECK (cause IN ('asked', 'nightly')),
      state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'running', 'promoted', 'refused', 'failed')),
      stage text,
      progress real NOT NULL DEFAULT 0 CHECK (progress BETWEEN 0 AND 1),
      asked_at timestamptz NOT NULL DEFAULT now(),
      started_at timestamptz,
      ended_at timestamptz,
      rung text,
      model_version text UNIQUE,
      reason text,
      report jsonb,
      CHECK ((state = 'promoted') <= (model_version IS NOT NULL)),
      CHECK ((state IN ('refused', 'failed')) = (reason IS NOT NULL))
    )`);
    // One waits at most.
    await q.query(`CREATE UNIQUE INDEX recommender_trainings_waiting ON recommender_trainings (state)
      WHERE state = 'waiting'`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TABLE recommender_trainings');
  }
}
