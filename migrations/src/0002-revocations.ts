import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whose media addresses are refused although their signature is right and their time not over. */
export class Revocations1780000000002 implements MigrationInterface {
  readonly name = 'Revocations1780000000002';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE TABLE media_revocations (
      holder text PRIMARY KEY CHECK (length(holder) BETWEEN 1 AND 128),
      refused_until timestamptz NOT NULL
    )`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE media_revocations`);
  }
}
