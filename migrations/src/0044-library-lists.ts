import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What each library holds, so that somebody who sees few of them reads nothing of the others (docs/adr/0020): tracks are
 * sorted library by library, and of albums, artists and genres it is kept how much of them lies where.
 */
export class LibraryLists1780000000044 implements MigrationInterface {
  readonly name = 'LibraryLists1780000000044';

  async up(q: QueryRunner): Promise<void> {
    for (const statement of [...TRACKS, ...HOLDINGS]) await q.query(statement);
  }

  async down(q: QueryRunner): Promise<void> {
    await q.query('DROP TABLE library_albums, library_artists, library_genres');
    await q.query(`DROP INDEX ${SORTS.join(', ')}`);
    await q.query('DROP TRIGGER tracks_library ON tracks');
    await q.query('DROP FUNCTION tracks_library');
    await q.query('ALTER TABLE tracks DROP CONSTRAINT tracks_file_fkey');
    await q.query(`ALTER TABLE tracks ADD CONSTRAINT tracks_file_id_fkey FOREIGN KEY (file_id) REFERENCES files
      ON DELETE CASCADE`);
    await q.query('ALTER TABLE tracks DROP COLUMN library_id');
    await q.query('ALTER TABLE files DROP CONSTRAINT files_library');
    for (const columns of WITHOUT_LIBRARY) await q.query(`CREATE INDEX ${columns} WHERE available`);
  }
}

const SORTS = [
  'tracks_by_title',
  'tracks_by_artist',
  'tracks_by_added',
  'tracks_by_year',
  'tracks_by_duration',
];

const WITHOUT_LIBRARY = [
  'tracks_by_title ON tracks (sort_key, id)',
  'tracks_by_artist ON tracks (artist_sort_key, sort_key, id)',
  'tracks_by_added ON tracks (added_at DESC, id DESC)',
  'tracks_by_year ON tracks ((coalesce(year, 0)) DESC, id DESC)',
  'tracks_by_duration ON tracks ((coalesce(duration_ms, 0)), id)',
];

const TRACKS = [
  'ALTER TABLE tracks ADD COLUMN library_id uuid',
  `DROP INDEX ${SORTS.join(', ')}`,
  'UPDATE tracks SET library_id = files.library_id FROM files WHERE files.id = file_id',
  'ALTER TABLE tracks ALTER COLUMN library_id SET NOT NULL',
  // A file that moves to another library takes its tracks along: the key says it, so no writer can forget.
  'ALTER TABLE files ADD CONSTRAINT files_library UNIQUE (id, library_id)',
  'ALTER TABLE tracks DROP CONSTRAINT tracks_file_id_fkey',
  `ALTER TABLE tracks ADD CONSTRAINT tracks_file_fkey FOREIGN KEY (file_id, library_id) REFERENCES files (id, library_id)
    ON DELETE CASCADE ON UPDATE CASCADE`,
  `CREATE FUNCTION tracks_library() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    SELECT library_id INTO NEW.library_id FROM files WHERE id = NEW.file_id; RETURN NEW; END $$`,
  `CREATE TRIGGER tracks_library BEFORE INSERT OR UPDATE OF file_id ON tracks
    FOR EACH ROW EXECUTE FUNCTION tracks_library()`,
  ...WITHOUT_LIBRARY.map(
    (columns) => `CREATE INDEX ${columns.replace('(', '(library_id, ')} WHERE available`,
  ),
];

const HOLDINGS = [
  `CREATE TABLE library_albums (
    library_id uuid NOT NULL REFERENCES libraries ON DELETE CASCADE,
    album_id uuid NOT NULL REFERENCES albums ON DELETE CASCADE,
    track_count int NOT NULL,
    duration_ms bigint NOT NULL,
    PRIMARY KEY (album_id, library_id)
  )`,
  // Of role albumArtist the albums are counted, of all others the tracks.
  `CREATE TABLE library_artists (
    library_id uuid NOT NULL REFERENCES libraries ON DELETE CASCADE,
    artist_id uuid NOT NULL REFERENCES artists ON DELETE CASCADE,
    role text NOT NULL,
    count int NOT NULL,
    PRIMARY KEY (artist_id, role, library_id)
  )`,
  `CREATE TABLE library_genres (
    library_id uuid NOT NULL REFERENCES libraries ON DELETE CASCADE,
    genre_id uuid NOT NULL REFERENCES genres ON DELETE CASCADE,
    track_count int NOT NULL,
    PRIMARY KEY (genre_id, library_id)
  )`,
  `INSERT INTO library_albums (library_id, album_id, track_count, duration_ms)
   SELECT library_id, album_id, count(*), coalesce(sum(duration_ms), 0) FROM tracks WHERE available GROUP BY 1, 2`,
  `INSERT INTO library_artists (library_id, artist_id, role, count)
   SELECT library_id, artist_id, role, count(DISTINCT id) FROM tracks JOIN track_artists ON track_id = id
   WHERE available GROUP BY 1, 2, 3
   UNION ALL
   SELECT library_id, artist_id, 'albumArtist', count(DISTINCT album_id) FROM library_albums
   JOIN album_artists USING (album_id) GROUP BY 1, 2`,
  `INSERT INTO library_genres (library_id, genre_id, track_count)
   SELECT library_id, genre_id, count(*) FROM tracks JOIN track_genres ON track_id = id WHERE available GROUP BY 1, 2`,
  'CREATE INDEX library_albums_library ON library_albums (library_id, album_id)',
  'CREATE INDEX library_artists_library ON library_artists (library_id, role, artist_id)',
  'CREATE INDEX library_genres_library ON library_genres (library_id, genre_id)',
];
