import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Covers that people upload: a picture says which list it belongs to, and goes with it. */
export class PlaylistCovers1780000000047 implements MigrationInterface {
  readonly name = 'PlaylistCovers1780000000047';

  async up(q: QueryRunner): Promise<void> {
    // A picture of the catalogue is its files'; one of a list is seen by those who see the list, and shared with no other.
    await q.query(`ALTER TABLE artworks ADD COLUMN playlist_id uuid REFERENCES playlists ON DELETE CASCADE`);
    await q.query(
      `CREATE UNIQUE INDEX artworks_playlist ON artworks (playlist_id) WHERE playlist_id IS NOT NULL`,
    );
    // Said the other way around, and written by nobody until now.
    await q.query(`ALTER TABLE playlists DROP COLUMN artwork_id`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DELETE FROM artworks WHERE playlist_id IS NOT NULL`);
    await q.query(`ALTER TABLE artworks DROP COLUMN playlist_id`);
    await q.query(`ALTER TABLE playlists ADD COLUMN artwork_id uuid REFERENCES artworks ON DELETE SET NULL`);
    await q.query(`CREATE INDEX playlists_artwork ON playlists (artwork_id) WHERE artwork_id IS NOT NULL`);
  }
}
