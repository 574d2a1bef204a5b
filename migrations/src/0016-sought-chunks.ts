import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a listener last sought this chunk of a long track: what follows it is made first. */
export class SoughtChunks1780000000016 implements MigrationInterface {
  readonly name = 'SoughtChunks1780000000016';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE renditions ADD COLUMN sought_at timestamptz`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE renditions DROP COLUMN sought_at`);
  }
}
