import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Folders that are there and could not be read when they were last looked at. */
export class UnreadableFolders1780000000006 implements MigrationInterface {
  readonly name = 'UnreadableFolders1780000000006';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE TABLE unreadable_folders (
      library_id uuid NOT NULL REFERENCES libraries ON DELETE CASCADE,
      path bytea NOT NULL,
      display_path text NOT NULL,
      code text NOT NULL
    )`);
    // By hash: a path may have 4,096 bytes, an index row not more than about 2,700.
    await q.query(
      `CREATE UNIQUE INDEX unreadable_folders_path ON unreadable_folders (library_id, sha256(path))`,
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE unreadable_folders`);
  }
}
