import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Lyrics as timed lines. `text` is what is sung and nothing else, for reading and for search; rows of before, whose text
 * has times in it, are so until their file is read again. lines: backend/src/media/lyric-lines.ts.
 */
export class Lyrics1780000000034 implements MigrationInterface {
  readonly name = 'Lyrics1780000000034';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE lyrics ADD COLUMN source text NOT NULL DEFAULT 'embedded'
        CHECK (source IN ('embedded', 'sidecar')),
      ADD COLUMN timing text CHECK (timing IN ('none', 'line', 'word')), ADD COLUMN lines jsonb,
      ADD CHECK (lines IS NULL OR timing IN ('line', 'word'))`);
    // Of the pictures and texts alone: a change of theirs is seen when a track comes at the same time, too.
    await q.query(`ALTER TABLE folders ADD COLUMN beside_fingerprint bytea`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE folders DROP COLUMN beside_fingerprint`);
    await q.query(`ALTER TABLE lyrics DROP COLUMN source, DROP COLUMN timing, DROP COLUMN lines`);
  }
}
