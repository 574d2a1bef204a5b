import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Ordered lists of tracks and lists by a rule, with who made them, who sees them and who may edit them. */
export class Playlists1780000000036 implements MigrationInterface {
  readonly name = 'Playlists1780000000036';

  async up(q: QueryRunner): Promise<void> {
    // rules: a smart list, which has no entries. artwork_id: a cover that was uploaded.
    await q.query(`CREATE TABLE playlists (
      id uuid PRIMARY KEY,
      owner_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
      title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
      description text NOT NULL DEFAULT '' CHECK (length(description) <= 2000),
      visibility text NOT NULL DEFAULT 'private' CHECK (visibility IN ('private', 'shared', 'collaborative')),
      revision int NOT NULL DEFAULT 1 CHECK (revision > 0),
      rules jsonb,
      artwork_id uuid REFERENCES artworks ON DELETE SET NULL,
      entry_count int NOT NULL DEFAULT 0 CHECK (entry_count >= 0),
      sort_key text COLLATE "C" NOT NULL,
      search_text text NOT NULL DEFAULT '',
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      CHECK (rules IS NULL OR entry_count = 0)
    )`);
    await q.query(`CREATE INDEX playlists_own ON playlists (owner_id, sort_key, id)`);
    await q.query(`CREATE INDEX playlists_shared ON playlists (sort_key, id) WHERE visibility = 'shared'`);
    await q.query(`CREATE INDEX playlists_artwork ON playlists (artwork_id) WHERE artwork_id IS NOT NULL`);

    await q.query(`CREATE TABLE playlist_members (
      playlist_id uuid NOT NULL REFERENCES playlists ON DELETE CASCADE,
      user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
      PRIMARY KEY (playlist_id, user_id)
    )`);
    await q.query(`CREATE INDEX playlist_members_user ON playlist_members (user_id)`);

    // Positions leave gaps, so that an entry put between two others moves neither; where a gap is used up, the whole
    // list is spread anew in one statement, at whose end its positions are compared.
    await q.query(`CREATE TABLE playlist_entries (
      id uuid PRIMARY KEY,
      playlist_id uuid NOT NULL REFERENCES playlists ON DELETE CASCADE,
      position bigint NOT NULL,
      track_id uuid REFERENCES tracks ON DELETE SET NULL,
      added_by uuid REFERENCES users ON DELETE SET NULL,
      added_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT playlist_entries_order UNIQUE (playlist_id, position) DEFERRABLE INITIALLY IMMEDIATE
    )`);
    // Which lists hold a track; and whether a list holds it already.
    await q.query(`CREATE INDEX playlist_entries_track ON playlist_entries (track_id, playlist_id)`);
    await q.query(
      `CREATE INDEX playlist_entries_adder ON playlist_entries (added_by) WHERE added_by IS NOT NULL`,
    );
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE playlist_entries, playlist_members, playlists`);
  }
}
