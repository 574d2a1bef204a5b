import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files whose channels or rate change on the way: an encoder must be told, or it loses what comes after. */
export class ChangingForm1780000000015 implements MigrationInterface {
  readonly name = 'ChangingForm1780000000015';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE files ADD COLUMN changes_form boolean NOT NULL DEFAULT false`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE files DROP COLUMN changes_form`);
  }
}
