import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists of other players name recordings by MusicBrainz's id. */
export class Recordings1780000000037 implements MigrationInterface {
  readonly name = 'Recordings1780000000037';

  async up(q: QueryRunner): Promise<void> {
    await q.query(
      `CREATE INDEX tracks_recording ON tracks (musicbrainz_id) WHERE musicbrainz_id IS NOT NULL`,
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP INDEX tracks_recording`);
  }
}
