import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What was heard, an event a row, and the counters over it. The counters are kept by triggers, so that they stay true
 * whoever adds, moves or deletes events, foreign keys included (docs/adr/0018).
 */
export class Plays1780000000039 implements MigrationInterface {
  readonly name = 'Plays1780000000039';

  async up(q: QueryRunner): Promise<void> {
    for (const statement of [...TABLES, ...COUNTING]) await q.query(statement);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE forgotten_plays, plays, listener_track_counts, track_counts`);
    await q.query(`DROP FUNCTION count_plays, count_listeners`);
  }
}

const TABLES = [
  // For everyone: the sum of listener_track_counts; `listeners` are those with a play.
  `CREATE TABLE track_counts (
    track_id uuid PRIMARY KEY REFERENCES tracks ON DELETE CASCADE,
    plays bigint NOT NULL DEFAULT 0,
    listeners int NOT NULL DEFAULT 0,
    skips bigint NOT NULL DEFAULT 0
  )`,
  // A listener and a track: the sum of their events.
  `CREATE TABLE listener_track_counts (
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    track_id uuid NOT NULL REFERENCES tracks ON DELETE CASCADE,
    events int NOT NULL,
    plays int NOT NULL,
    skips int NOT NULL,
    played_ms bigint NOT NULL,
    last_played_at timestamptz,
    PRIMARY KEY (user_id, track_id)
  )`,
  `CREATE INDEX listener_track_counts_track ON listener_track_counts (track_id)`,
  `CREATE INDEX listener_track_counts_most ON listener_track_counts (user_id, plays DESC, track_id DESC)
    WHERE plays > 0`,
  // Ids are made by the listener's device: unique among their own, so that nobody can take another one's.
  `CREATE TABLE plays (
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    id uuid NOT NULL,
    track_id uuid NOT NULL REFERENCES tracks ON DELETE CASCADE,
    started_at timestamptz NOT NULL,
    told_started_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL DEFAULT now(),
    clock text NOT NULL CHECK (clock IN ('right', 'ahead', 'behind')),
    played_ms int NOT NULL CHECK (played_ms >= 0),
    duration_ms bigint,
    outcome text NOT NULL CHECK (outcome IN ('play', 'skip', 'partial')),
    source text,
    source_id text,
    passive boolean NOT NULL DEFAULT false,
    model_version text,
    position int,
    ended_by text,
    PRIMARY KEY (user_id, id)
  )`,
  `CREATE INDEX plays_by_time ON plays (user_id, started_at DESC, id DESC)`,
  `CREATE INDEX plays_of_track ON plays (track_id, user_id)`,
  // What a listener took out of their history: a late duplicate does not bring it back.
  `CREATE TABLE forgotten_plays (
    user_id uuid NOT NULL REFERENCES users ON DELETE CASCADE,
    play_id uuid NOT NULL,
    PRIMARY KEY (user_id, play_id)
  )`,
];

const COUNTING = [
  // The rows of track_counts are locked in one order before anything else is: what is counted of a track is counted
  // one after another, and two batches over the same tracks never wait for each other.
  `CREATE FUNCTION count_plays() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP <> 'INSERT' THEN
      PERFORM FROM track_counts WHERE track_id IN (SELECT track_id FROM removed)
        ORDER BY track_id FOR NO KEY UPDATE;
      UPDATE listener_track_counts AS kept SET
        events = kept.events - gone.events, plays = kept.plays - gone.plays, skips = kept.skips - gone.skips,
        played_ms = kept.played_ms - gone.played_ms,
        last_played_at = (SELECT max(started_at) FROM plays WHERE plays.user_id = kept.user_id
          AND plays.track_id = kept.track_id AND plays.outcome = 'play')
      FROM (SELECT user_id, track_id, count(*) AS events, count(*) FILTER (WHERE outcome = 'play') AS plays,
              count(*) FILTER (WHERE outcome = 'skip') AS skips, sum(played_ms) AS played_ms
            FROM removed GROUP BY user_id, track_id) AS gone
      WHERE kept.user_id = gone.user_id AND kept.track_id = gone.track_id;
      DELETE FROM listener_track_counts AS kept USING removed
      WHERE kept.user_id = removed.user_id AND kept.track_id = removed.track_id AND kept.events <= 0;
    END IF;
    IF TG_OP <> 'DELETE' THEN
      INSERT INTO track_counts (track_id) SELECT DISTINCT track_id FROM added ORDER BY track_id
      ON CONFLICT DO NOTHING;
      PERFORM FROM track_counts WHERE track_id IN (SELECT track_id FROM added)
        ORDER BY track_id FOR NO KEY UPDATE;
      INSERT INTO listener_track_counts AS kept
        (user_id, track_id, events, plays, skips, played_ms, last_played_at)
      SELECT user_id, track_id, count(*), count(*) FILTER (WHERE outcome = 'play'),
        count(*) FILTER (WHERE outcome = 'skip'), sum(played_ms), max(started_at) FILTER (WHERE outcome = 'play')
      FROM added GROUP BY user_id, track_id
      ON CONFLICT (user_id, track_id) DO UPDATE SET
        events = kept.events + excluded.events, plays = kept.plays + excluded.plays,
        skips = kept.skips + excluded.skips, played_ms = kept.played_ms + excluded.played_ms,
        last_played_at = greatest(kept.last_played_at, excluded.last_played_at);
    END IF;
    RETURN NULL;
  END $$`,
  // A track that is being deleted may have lost its row already: these never add one.
  `CREATE FUNCTION count_listeners() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'DELETE' THEN
      PERFORM FROM track_counts WHERE track_id IN (SELECT track_id FROM removed)
        ORDER BY track_id FOR NO KEY UPDATE;
    END IF;
    IF TG_OP <> 'DELETE' THEN
      UPDATE track_counts SET plays = track_counts.plays + more.plays, skips = track_counts.skips + more.skips,
        listeners = track_counts.listeners + more.listeners
      FROM (SELECT track_id, sum(plays) AS plays, sum(skips) AS skips, count(*) FILTER (WHERE plays > 0) AS listeners
            FROM added GROUP BY track_id) AS more WHERE track_counts.track_id = more.track_id;
    END IF;
    IF TG_OP <> 'INSERT' THEN
      UPDATE track_counts SET plays = track_counts.plays - less.plays, skips = track_counts.skips - less.skips,
        listeners = track_counts.listeners - less.listeners
      FROM (SELECT track_id, sum(plays) AS plays, sum(skips) AS skips, count(*) FILTER (WHERE plays > 0) AS listeners
            FROM removed GROUP BY track_id) AS less WHERE track_counts.track_id = less.track_id;
    END IF;
    RETURN NULL;
  END $$`,
  ...triggers('plays', 'count_plays'),
  ...triggers('listener_track_counts', 'count_listeners'),
];

function triggers(table: string, counting: string): string[] {
  return (['INSERT', 'UPDATE', 'DELETE'] as const).map((event) => {
    const added = event === 'DELETE' ? '' : 'NEW TABLE AS added';
    const removed = event === 'INSERT' ? '' : 'OLD TABLE AS removed';
    return `CREATE TRIGGER ${table}_${event.toLowerCase()} AFTER ${event} ON ${table}
      REFERENCING ${added} ${removed} FOR EACH STATEMENT EXECUTE FUNCTION ${counting}()`;
  });
}
