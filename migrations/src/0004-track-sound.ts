import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What is told of a track's sound beyond what every list shows: a row of its own, so that a track's row stays small for
 * those lists, and a fact that is told anew rewrites no index of the catalogue. Peaks and loudness stay in tracks.
 */
export class TrackSound1780000000004 implements MigrationInterface {
  readonly name = 'TrackSound1780000000004';

  async up(q: QueryRunner): Promise<void> {
    // versions: of each fact that is stored here or in tracks; tried: of each that was looked for, found or not.
    await q.query(`CREATE TABLE track_sound (
      track_id uuid PRIMARY KEY REFERENCES tracks ON DELETE CASCADE,
      versions jsonb NOT NULL,
      tried jsonb NOT NULL,
      looked_at timestamptz NOT NULL DEFAULT now(),
      leading_silence_samples bigint,
      trailing_silence_samples bigint,
      clipped_runs int,
      clipped_samples bigint,
      longest_clip_samples int,
      cutoff_hz int,
      cutoff_drop_db real,
      fingerprint bytea CHECK (length(fingerprint) % 4 = 0),
      mel_statistics bytea,
      bpm real,
      bpm_alternative real,
      bpm_confidence real,
      key_tonic smallint CHECK (key_tonic BETWEEN 0 AND 11),
      key_mode text CHECK (key_mode IN ('major', 'minor')),
      key_confidence real,
      energy real CHECK (energy BETWEEN 0 AND 1),
      CHECK ((key_tonic IS NULL) = (key_mode IS NULL))
    )`);
    // Both are measured bytes: compressing them costs time and gains nothing.
    await q.query(`ALTER TABLE track_sound ALTER fingerprint SET STORAGE EXTERNAL`);
    await q.query(`ALTER TABLE track_sound ALTER mel_statistics SET STORAGE EXTERNAL`);
    await q.query(`CREATE INDEX track_sound_by_age ON track_sound (looked_at, track_id)`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE track_sound`);
  }
}
