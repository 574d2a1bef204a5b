import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How much a listener cares for a track, out of what they did (backend/src/recommend/signals.ts), and what they say of it
 * themselves. Whatever changes an event leaves a note, and each pair that is noted is summed anew: the cost follows what
 * changed, and events that are taken away, moved or excluded need no case of their own.
 */
export class Weights1780000000050 implements MigrationInterface {
  readonly name = 'Weights1780000000050';

  async up(q: QueryRunner): Promise<void> {
    for (const statement of [...TASTE, ...WEIGHTS, ...NOTES]) await q.query(statement);
  }

  async down(q: QueryRunner): Promise<void> {
    for (const [trigger, table] of TRIGGERS) await q.query(`DROP TRIGGER ${trigger} ON ${table}`);
    await q.query('DROP FUNCTION note_weights, note_opinion, note_entries, note_entry');
    await q.query(
      'DROP TABLE weight_notes, listener_weights, taste_exclusions, taste_blocks, taste_settings',
    );
  }
}

const TASTE = [
  // adventure: -2, what they know, to 2, what is new. taste_from: what they did before counts no more.
  `CREATE TABLE taste_settings (
    user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
    adventure smallint NOT NULL DEFAULT 0 CHECK (adventure BETWEEN -2 AND 2),
    time_zone text NOT NULL DEFAULT 'UTC' CHECK (length(time_zone) <= 64),
    taste_from timestamptz,
    updated_at timestamptz NOT NULL DEFAULT now()
  )`,
  // What is never recommended to them.
  `CREATE TABLE taste_blocks (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    track_id uuid REFERENCES tracks ON DELETE CASCADE,
    artist_id uuid REFERENCES artists ON DELETE CASCADE,
    blocked_at timestamptz NOT NULL DEFAULT now(),
    CHECK (num_nonnulls(track_id, artist_id) = 1)
  )`,
  `CREATE UNIQUE INDEX taste_blocks_track ON taste_blocks (user_id, track_id) WHERE track_id IS NOT NULL`,
  `CREATE UNIQUE INDEX taste_blocks_artist ON taste_blocks (user_id, artist_id) WHERE artist_id IS NOT NULL`,
  `CREATE INDEX taste_blocks_of_track ON taste_blocks (track_id) WHERE track_id IS NOT NULL`,
  `CREATE INDEX taste_blocks_of_artist ON taste_blocks (artist_id) WHERE artist_id IS NOT NULL`,
  // A playlist, or a stretch of time. The playlist may be gone: what was heard from it still is not theirs.
  `CREATE TABLE taste_exclusions (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    playlist_id uuid,
    from_at timestamptz,
    to_at timestamptz CHECK (to_at > from_at),
    excluded_at timestamptz NOT NULL DEFAULT now(),
    CHECK ((playlist_id IS NULL) = (from_at IS NOT NULL AND to_at IS NOT NULL))
  )`,
  `CREATE INDEX taste_exclusions_user ON taste_exclusions (user_id)`,
  `CREATE UNIQUE INDEX taste_exclusions_playlist ON taste_exclusions (user_id, playlist_id)
    WHERE playlist_id IS NOT NULL`,
];

const WEIGHTS = [
  // gain: as it would be on 2026-01-01 (it halves every 90 days, so a factor of the day that it is read brings it there).
  `CREATE TABLE listener_weights (
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    track_id uuid NOT NULL REFERENCES tracks ON DELETE CASCADE,
    gain double precision NOT NULL,
    PRIMARY KEY (user_id, track_id)
  )`,
  `CREATE INDEX listener_weights_track ON listener_weights (track_id)`,
  // Only ever added to, so that nobody who reports waits for whoever sums.
  `CREATE TABLE weight_notes (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    track_id uuid NOT NULL REFERENCES tracks ON DELETE CASCADE
  )`,
  `CREATE INDEX weight_notes_user ON weight_notes (user_id)`,
  `CREATE INDEX weight_notes_track ON weight_notes (track_id)`,
];

/** Nobody is noted who is being deleted, and no track: the rows of both are gone before their events are. */
const note = (pairs: string): string => `
  INSERT INTO weight_notes (user_id, track_id)
  SELECT DISTINCT pair.user_id, pair.track_id FROM (${pairs}) AS pair
    JOIN users ON users.id = pair.user_id JOIN tracks ON tracks.id = pair.track_id;`;

const noting = (name: string, body: string): string =>
  `CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body} RETURN NULL; END $$`;

const TRIGGERS = [
  ['weights_insert', 'plays'],
  ['weights_update', 'plays'],
  ['weights_delete', 'plays'],
  ['weights_opinion', 'opinions'],
  ['weights_insert', 'playlist_entries'],
  ['weights_delete', 'playlist_entries'],
  ['weights_track', 'playlist_entries'],
] as const;

const NOTES = [
  noting(
    'note_weights',
    `IF TG_OP <> 'INSERT' THEN ${note('SELECT user_id, track_id FROM removed')} END IF;
     IF TG_OP <> 'DELETE' THEN ${note('SELECT user_id, track_id FROM added')} END IF;`,
  ),
  `CREATE TRIGGER weights_insert AFTER INSERT ON plays REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION note_weights()`,
  `CREATE TRIGGER weights_update AFTER UPDATE ON plays REFERENCING NEW TABLE AS added OLD TABLE AS removed
    FOR EACH STATEMENT EXECUTE FUNCTION note_weights()`,
  `CREATE TRIGGER weights_delete AFTER DELETE ON plays REFERENCING OLD TABLE AS removed
    FOR EACH STATEMENT EXECUTE FUNCTION note_weights()`,
  noting(
    'note_opinion',
    `IF TG_OP <> 'INSERT' THEN ${note('SELECT OLD.user_id, OLD.track_id')} END IF;
     IF TG_OP <> 'DELETE' THEN ${note('SELECT NEW.user_id, NEW.track_id')} END IF;`,
  ),
  `CREATE TRIGGER weights_opinion AFTER INSERT OR UPDATE OR DELETE ON opinions
    FOR EACH ROW EXECUTE FUNCTION note_opinion()`,
  noting(
    'note_entries',
    `IF TG_OP = 'INSERT' THEN ${note('SELECT added_by AS user_id, track_id FROM added')}
     ELSE ${note('SELECT added_by AS user_id, track_id FROM removed')} END IF;`,
  ),
  noting(
    'note_entry',
    note('SELECT OLD.added_by AS user_id, OLD.track_id UNION SELECT NEW.added_by, NEW.track_id'),
  ),
  `CREATE TRIGGER weights_insert AFTER INSERT ON playlist_entries REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION note_entries()`,
  `CREATE TRIGGER weights_delete AFTER DELETE ON playlist_entries REFERENCING OLD TABLE AS removed
    FOR EACH STATEMENT EXECUTE FUNCTION note_entries()`,
  `CREATE TRIGGER weights_track AFTER UPDATE OF track_id ON playlist_entries FOR EACH ROW
    WHEN (OLD.track_id IS DISTINCT FROM NEW.track_id) EXECUTE FUNCTION note_entry()`,
  `INSERT INTO weight_notes (user_id, track_id)
   SELECT user_id, track_id FROM listener_track_counts
   UNION SELECT user_id, track_id FROM opinions WHERE track_id IS NOT NULL AND liked_at IS NOT NULL
   UNION SELECT added_by, track_id FROM playlist_entries WHERE added_by IS NOT NULL AND track_id IS NOT NULL`,
];
