import { randomUUID } from 'node:crypto';
import pg from 'pg';

const ARTISTS = 60_000;
const ALBUMS = 100_000;
const GENRES = 300;

/** Ids that say what they are: `uuid('b', n)` of album n. */
const uuid = (kind: string, n: string): string =>
  `('00000000-0000-7000-8${kind}00-' || lpad(to_hex(${n}), 12, '0'))::uuid`;

/** Skewed as listening is: few artists and genres hold most of it. */
const skewed = (of: number): string => `(floor(power(random(), 3) * ${of}))::int`;

/** Words of a made-up vocabulary, as many different ones as a real catalogue of this size has. */
const words = (seed: string, count: number): string =>
  `array_to_string(ARRAY(SELECT substr(md5((floor(power(random(), 2) * 120000))::int::text || ${seed} * 0), 1, 4 + (w + ${seed}) % 5) FROM generate_series(1, ${count}) w), ' ')`;

const FILL = (libraryId: string, rows: number): readonly string[] => [
  'SELECT setseed(0.42)',
  `INSERT INTO libraries (id, name, root, display_root) VALUES ('${libraryId}', 'Million', '/nowhere', '/nowhere')`,
  `INSERT INTO folders (id, library_id, path, fingerprint)
   SELECT ${uuid('1', 'n')}, '${libraryId}', convert_to('artist/album ' || n, 'UTF8'), decode(md5(n::text), 'hex') FROM generate_series(1, ${ALBUMS}) n`,
  `INSERT INTO artists (id, name, name_key, sort_name, sort_key, search_text, track_count, album_count)
   SELECT ${uuid('a', 'n')}, name || n, name || n, name || n, name || n, ' ' || name || n || ' ', 1, 1
   FROM (SELECT n, ${words('n', 2)} AS name FROM generate_series(0, ${ARTISTS - 1}) n) made`,
  `INSERT INTO genres (id, name, name_key, sort_key, track_count)
   SELECT ${uuid('e', 'n')}, 'Genre ' || n, 'genre ' || n, 'genre ' || n, 1 FROM generate_series(0, ${GENRES - 1}) n`,
  `INSERT INTO albums (id, merge_key, title, sort_key, artist_sort_key, artist_text, year, search_text, track_count, duration_ms)
   SELECT ${uuid('b', 'n')}, 'million ' || n, title, title, title, title, 1950 + n % 75, ' ' || title || ' ', 10, 2000000
   FROM (SELECT n, ${words('n', 2)} AS title FROM generate_series(1, ${ALBUMS}) n) made`,
  `INSERT INTO album_artists (album_id, position, artist_id) SELECT ${uuid('b', 'n')}, 0, ${uuid('a', `n % ${ARTISTS}`)} FROM generate_series(1, ${ALBUMS}) n`,
  `INSERT INTO files (id, library_id, folder_id, path, display_path, size_bytes, mtime_ns, inode, state, audio_hash, audio_bytes, tags_version, facts_version)
   SELECT ${uuid('f', 'n')}, '${libraryId}', ${uuid('1', `1 + n % ${ALBUMS}`)}, convert_to('artist/album/' || n || '.flac', 'UTF8'), 'artist/album/' || n || '.flac',
     30000000 + n, 1700000000000000000 + n, n, 'ready', sha256(n::text::bytea), n, 1, 1 FROM generate_series(1, ${rows}) n`,
  `INSERT INTO tracks (id, file_id, album_id, title, sort_key, artist_text, artist_sort_key, track_number, disc_number, year, codec, duration_ms, sample_count, sample_rate_hz, search_text)
   SELECT ${uuid('c', 'n')}, ${uuid('f', 'n')}, ${uuid('b', `1 + n % ${ALBUMS}`)}, title, title, title, title, 1 + n % 12, 1, 1950 + n % 75, 'flac', 200000, 8820000, 44100,
     ' ' || title || ' ' FROM (SELECT n, ${words('n', 4)} AS title FROM generate_series(1, ${rows}) n) made`,
  `INSERT INTO track_artists (track_id, role, position, artist_id) SELECT ${uuid('c', 'n')}, 'performer', 0, ${uuid('a', skewed(ARTISTS))} FROM generate_series(1, ${rows}) n`,
  `INSERT INTO track_genres (track_id, genre_id, position) SELECT ${uuid('c', 'n')}, ${uuid('e', skewed(GENRES))}, 0 FROM generate_series(1, ${rows}) n`,
];

const TABLES = [
  'folders',
  'artists',
  'albums',
  'album_artists',
  'files',
  'tracks',
  'track_artists',
  'track_genres',
];

/** A catalogue of generated rows in the real schema; its indexes are built after the rows, as a restore does it. */
export const fillCatalogue = async (url: string, rows: number): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: indexes } = await client.query<{ name: string; definition: string }>(
      `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
       WHERE schemaname = 'public' AND tablename = ANY($1) AND indexname NOT IN (SELECT conname FROM pg_constraint)`,
      [TABLES],
    );
    // Foreign keys hold by how the rows are made; checking them one by one takes longer than making them.
    await client.query('SET session_replication_role = replica');
    await client.query(`SET maintenance_work_mem = '512MB'`);
    for (const { name } of indexes) await client.query(`DROP INDEX ${name}`);
    for (const statement of FILL(randomUUID(), rows)) await client.query(statement);
    for (const { definition } of indexes) await client.query(definition);
    await client.query('VACUUM ANALYZE');
    await client.query('CHECKPOINT');
  } finally {
    await client.end();
  }
};
