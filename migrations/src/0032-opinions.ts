import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a listener thinks of tracks, albums and artists: liked, rated, followed; a row is one listener and one thing. */
export class Opinions1780000000032 implements MigrationInterface {
  readonly name = 'Opinions1780000000032';

  async up(q: QueryRunner): Promise<void> {
    await q.query(`CREATE TABLE opinions (
      id uuid PRIMARY KEY,
      user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
      track_id uuid REFERENCES tracks ON DELETE CASCADE,
      album_id uuid REFERENCES albums ON DELETE CASCADE,
      artist_id uuid REFERENCES artists ON DELETE CASCADE,
      liked_at timestamptz,
      rating smallint CHECK (rating BETWEEN 1 AND 5),
      followed_at timestamptz CHECK (followed_at IS NULL OR artist_id IS NOT NULL),
      CHECK (num_nonnulls(track_id, album_id, artist_id) = 1),
      CHECK (num_nonnulls(liked_at, rating, followed_at) > 0)
    )`);
    for (const kind of ['track', 'album', 'artist']) {
      await q.query(
        `CREATE UNIQUE INDEX opinions_${kind} ON opinions (user_id, ${kind}_id) WHERE ${kind}_id IS NOT NULL`,
      );
      await q.query(`CREATE INDEX opinions_${kind}_likes ON opinions (user_id, liked_at DESC, id DESC)
        WHERE ${kind}_id IS NOT NULL AND liked_at IS NOT NULL`);
      // What is deleted takes the opinions of it along.
      await q.query(`CREATE INDEX opinions_of_${kind} ON opinions (${kind}_id) WHERE ${kind}_id IS NOT NULL`);
    }
    await q.query(`CREATE INDEX opinions_follows ON opinions (user_id, followed_at DESC, id DESC)
      WHERE followed_at IS NOT NULL`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE opinions`);
  }
}
