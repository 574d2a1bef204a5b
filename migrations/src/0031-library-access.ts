import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Libraries open to a role and those above it, or only to people who are named. */
export class LibraryAccess1780000000031 implements MigrationInterface {
  readonly name = 'LibraryAccess1780000000031';

  async up(q: QueryRunner): Promise<void> {
    // The least role that sees it; NULL: administrators, and who is named.
    await q.query(`ALTER TABLE libraries ADD COLUMN open_role text DEFAULT 'listener'
      CHECK (open_role IN ('guest', 'listener', 'curator', 'admin'))`);
    await q.query(`CREATE TABLE library_members (
      library_id uuid NOT NULL REFERENCES libraries ON DELETE CASCADE,
      user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
      PRIMARY KEY (library_id, user_id)
    )`);
    await q.query(`CREATE INDEX library_members_user ON library_members (user_id)`);
    // Whether somebody may see a picture follows from what wears it.
    await q.query(`CREATE INDEX tracks_artwork ON tracks (artwork_id) WHERE artwork_id IS NOT NULL`);
    await q.query(`CREATE INDEX albums_artwork ON albums (artwork_id) WHERE artwork_id IS NOT NULL`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX tracks_artwork, albums_artwork`);
    await q.query(`DROP TABLE library_members`);
    await q.query(`ALTER TABLE libraries DROP COLUMN open_role`);
  }
}
