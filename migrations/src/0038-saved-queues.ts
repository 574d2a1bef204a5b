import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each listener is playing, so that another device goes on where this one stopped. */
export class SavedQueues1780000000038 implements MigrationInterface {
  readonly name = 'SavedQueues1780000000038';

  async up(q: QueryRunner): Promise<void> {
    // current_index counts in the order of play: shuffle_order where there is one, which names places of track_ids.
    // The long arrays lie outside of the row, and a change of the place alone leaves them where they are.
    await q.query(`CREATE TABLE saved_queues (
      user_id uuid PRIMARY KEY REFERENCES users ON DELETE CASCADE,
      revision int NOT NULL CHECK (revision > 0),
      track_ids uuid[] NOT NULL CHECK (cardinality(track_ids) <= 10000),
      shuffle_order int[] CHECK (cardinality(shuffle_order) = cardinality(track_ids)),
      current_index int CHECK (current_index >= 0 AND current_index < cardinality(track_ids)),
      position_ms bigint NOT NULL DEFAULT 0 CHECK (position_ms >= 0),
      repeat text NOT NULL DEFAULT 'off' CHECK (repeat IN ('off', 'all', 'one')),
      source jsonb,
      device text NOT NULL DEFAULT '',
      updated_at timestamptz NOT NULL DEFAULT now(),
      CHECK ((current_index IS NULL) = (cardinality(track_ids) = 0))
    ) WITH (fillfactor = 70)`);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE saved_queues`);
  }
}
