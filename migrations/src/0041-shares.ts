import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people let others hear: by a link, or those whom they name; and who may take music along as files. */
export class Shares1780000000041 implements MigrationInterface {
  readonly name = 'Shares1780000000041';

  async up(q: QueryRunner): Promise<void> {
    // Without a token's hash it is no link: then it is for the people named, and for nobody else.
    await q.query(`CREATE TABLE shares (
      id uuid PRIMARY KEY,
      token_hash bytea UNIQUE CHECK (length(token_hash) = 32),
      track_id uuid REFERENCES tracks ON DELETE CASCADE,
      album_id uuid REFERENCES albums ON DELETE CASCADE,
      playlist_id uuid,
      note text NOT NULL DEFAULT '' CHECK (length(note) <= 200),
      created_by uuid NOT NULL REFERENCES users ON DELETE CASCADE,
      created_at timestamptz NOT NULL DEFAULT now(),
      expires_at timestamptz NOT NULL,
      revoked_at timestamptz,
      CHECK (num_nonnulls(track_id, album_id, playlist_id) = 1)
    )`);
    await q.query(`CREATE INDEX shares_maker ON shares (created_by, id)`);
    await q.query(`CREATE INDEX shares_end ON shares (expires_at)`);
    // What is deleted takes its shares along.
    for (const kind of ['track', 'album', 'playlist'])
      await q.query(`CREATE INDEX shares_${kind} ON shares (${kind}_id) WHERE ${kind}_id IS NOT NULL`);
    await q.query(`CREATE TABLE share_people (
      share_id uuid NOT NULL REFERENCES shares ON DELETE CASCADE,
      user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
      PRIMARY KEY (share_id, user_id)
    )`);
    await q.query(`CREATE INDEX share_people_user ON share_people (user_id, share_id)`);
    await q.query(`ALTER TABLE users ADD COLUMN may_download boolean NOT NULL DEFAULT false`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`ALTER TABLE users DROP COLUMN may_download`);
    await q.query(`DROP TABLE share_people, shares`);
  }
}
