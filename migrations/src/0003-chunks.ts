import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A row of renditions is one chunk of a rung; all but long tracks have one. What was encoded of long tracks as a whole
 * is made anew: its files go with the next sweep.
 */
export class Chunks1780000000003 implements MigrationInterface {
  readonly name = 'Chunks1780000000003';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`DELETE FROM renditions WHERE sample_count > 300 * sample_rate_hz::bigint`);
    await q.query(`ALTER TABLE renditions
      ADD COLUMN chunk int NOT NULL DEFAULT 0,
      ADD COLUMN chunks int NOT NULL DEFAULT 1,
      ADD CHECK (chunk >= 0 AND chunk < chunks),
      DROP CONSTRAINT renditions_track_id_codec_bitrate_kbps_key,
      ADD UNIQUE (track_id, codec, bitrate_kbps, chunk)`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DELETE FROM renditions WHERE chunks > 1`);
    await q.query(`ALTER TABLE renditions DROP COLUMN chunk, DROP COLUMN chunks,
      ADD UNIQUE (track_id, codec, bitrate_kbps)`);
  }
}
