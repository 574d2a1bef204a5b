import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What lists are sorted and narrowed by beyond title, artist, date of arrival and year. An index a sort, which ends in
 * the id (backend/src/catalog/list-order.ts says the same in its columns; backend/test/db/sort-plans.spec.ts reads the plans).
 */
export class Browse1780000000033 implements MigrationInterface {
  readonly name = 'Browse1780000000033';

  async up(q: QueryRunner): Promise<void> {
    // The names to sort by, as tagged: keys are made of them anew when the rules for keys change.
    await q.query(`ALTER TABLE albums ADD COLUMN sort_title text, ADD COLUMN musicbrainz_group_id uuid,
      ADD COLUMN release_types text[] NOT NULL DEFAULT '{}'`);
    await q.query(`ALTER TABLE tracks ADD COLUMN sort_title text, ADD COLUMN musicbrainz_track_id uuid`);
    // By which rules the sort keys of a table were made; no row: by those before there were any here.
    await q.query(`CREATE TABLE sort_key_rules (table_name text PRIMARY KEY, rules text NOT NULL)`);
    for (const statement of INDEXES) await q.query(statement);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query(`DROP TABLE sort_key_rules`);
    await q.query(`DROP INDEX tracks_by_artist, tracks_by_year, tracks_by_duration, albums_by_artist, albums_by_released,
      artists_by_added, artists_by_tracks, genres_by_tracks, albums_types`);
    await q.query(`CREATE INDEX tracks_by_artist ON tracks (artist_sort_key, id) WHERE available`);
    await q.query(`CREATE INDEX albums_by_artist ON albums (artist_sort_key, id) WHERE track_count > 0`);
    await q.query(`ALTER TABLE tracks DROP COLUMN sort_title, DROP COLUMN musicbrainz_track_id`);
    await q.query(`ALTER TABLE albums DROP COLUMN sort_title, DROP COLUMN musicbrainz_group_id,
      DROP COLUMN release_types`);
  }
}

const INDEXES = [
  `DROP INDEX tracks_by_artist, albums_by_artist`,
  `CREATE INDEX tracks_by_artist ON tracks (artist_sort_key, sort_key, id) WHERE available`,
  `CREATE INDEX tracks_by_year ON tracks ((coalesce(year, 0)) DESC, id DESC) WHERE available`,
  `CREATE INDEX tracks_by_duration ON tracks ((coalesce(duration_ms, 0)), id) WHERE available`,
  `CREATE INDEX albums_by_artist ON albums (artist_sort_key, (coalesce(year, 0)), id) WHERE track_count > 0`,
  `CREATE INDEX albums_by_released ON albums
    ((coalesce(original_date, release_date, year::text, '')) COLLATE "C" DESC, id DESC) WHERE track_count > 0`,
  `CREATE INDEX artists_by_added ON artists (added_at DESC, id DESC) WHERE track_count + album_count > 0`,
  `CREATE INDEX artists_by_tracks ON artists (track_count DESC, id DESC) WHERE track_count + album_count > 0`,
  `CREATE INDEX genres_by_tracks ON genres (track_count DESC, id DESC) WHERE track_count > 0`,
  `CREATE INDEX albums_types ON albums USING gin (release_types)`,
];
