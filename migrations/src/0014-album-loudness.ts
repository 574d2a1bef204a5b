import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How often a track is how loud: what the loudness of an album is told from (backend/src/media/momentary-levels.ts). */
export class AlbumLoudness1780000000014 implements MigrationInterface {
  readonly name = 'AlbumLoudness1780000000014';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE track_sound ADD momentary_levels bytea`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE track_sound DROP momentary_levels`);
  }
}
