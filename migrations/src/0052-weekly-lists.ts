import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What somebody was given for a week: the tracks with why each was chosen, as it was known then. */
export class WeeklyLists1780000000052 implements MigrationInterface {
  readonly name = 'WeeklyLists1780000000052';

  async up(q: QueryRunner): Promise<void> {
    // week: the Monday, in the listener's time zone. path: which way was taken to the list.
    await q.query(`CREATE TABLE weekly_lists (
      id uuid PRIMARY KEY,
      user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
      week date NOT NULL,
      model_version text,
      path text NOT NULL,
      made_at timestamptz NOT NULL DEFAULT now(),
      UNIQUE (user_id, week)
    )`);
    // reason: a kind, and the tracks that it rests on with their shares. propensity: of what was put in to learn from.
    await q.query(`CREATE TABLE weekly_tracks (
      id uuid PRIMARY KEY,
      list_id uuid NOT NULL REFERENCES weekly_lists ON DELETE CASCADE,
      position smallint NOT NULL,
      track_id uuid NOT NULL REFERENCES tracks ON DELETE CASCADE,
      novelty smallint NOT NULL CHECK (novelty BETWEEN 0 AND 100),
      movement smallint NOT NULL CHECK (movement BETWEEN 1 AND 3),
      source text NOT NULL,
      score real NOT NULL,
      propensity real CHECK (propensity > 0 AND propensity <= 1),
      reason jsonb NOT NULL,
      UNIQUE (list_id, track_id)
    )`);
    await q.query('CREATE INDEX weekly_tracks_track ON weekly_tracks (track_id)');
    await q.query('CREATE INDEX weekly_lists_age ON weekly_lists (week)');
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TABLE weekly_tracks, weekly_lists');
  }
}
