import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Tracks that are parts of one file, as a CUE sheet cuts it: file_index 1 and on, from_sample up to before to_sample
 * (null: to its end). The file as a whole keeps file_index 0, and is not listed while it has parts. A part that no sheet
 * names any more keeps its row, without a range.
 */
export class CueTracks1780000000025 implements MigrationInterface {
  readonly name = 'CueTracks1780000000025';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE tracks ADD COLUMN from_sample bigint, ADD COLUMN to_sample bigint,
      ADD CHECK (from_sample IS NULL OR (file_index > 0 AND from_sample >= 0)),
      ADD CHECK (to_sample IS NULL OR to_sample > from_sample)`);
    await q.query(`ALTER TABLE files ADD COLUMN cue_problem text`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DELETE FROM tracks WHERE file_index > 0`);
    await q.query(`UPDATE tracks SET available = true FROM files
      WHERE files.id = file_id AND files.state IN ('pending', 'ready')`);
    await q.query(`ALTER TABLE tracks DROP COLUMN to_sample, DROP COLUMN from_sample`);
    await q.query(`ALTER TABLE files DROP COLUMN cue_problem`);
  }
}
