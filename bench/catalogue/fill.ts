import pg from 'pg';
import { bulkInsert, bulkRows, type BulkColumn } from '../../backend/dist/catalog/bulk-rows.js';
import {
  ALBUM_ARTISTS,
  ALBUMS,
  ARTISTS,
  creditsOf,
  FILES,
  FOLDERS,
  GENRE_COLUMNS,
  GENRE_NUMBERS,
  LIBRARIES,
  LYRICS,
  OWNERS as OWNER_COLUMNS,
  PLAYLISTS,
  TRACK_ARTISTS,
  TRACK_COUNTS,
  TRACK_GENRES,
  TRACKS,
} from './columns.ts';
import { OWNERS, Things, type Size, type Track } from './things.ts';

const BATCH = 5000;

/** Twelve libraries of very different size, lyrics for one track in twenty. */
const USUAL: Omit<Size, 'tracks'> = { seed: 42, libraries: 12, lyrics: 0.05 };

const TABLES = [
  'folders',
  'artists',
  'albums',
  'album_artists',
  'files',
  'tracks',
  'track_artists',
  'track_genres',
  'lyrics',
  'track_counts',
  'playlists',
  'library_albums',
  'library_artists',
  'library_genres',
];

/** Kept by the writers of the catalogue, batch by batch; here they are counted once. */
const COUNTS = [
  `UPDATE albums SET track_count = n, duration_ms = duration, release_date = albums.year::text
   FROM (SELECT album_id, count(*)::int AS n, sum(duration_ms)::bigint AS duration FROM tracks GROUP BY album_id) AS now
   WHERE now.album_id = albums.id`,
  `UPDATE artists SET track_count = coalesce(performed.n, 0), album_count = coalesce(made.n, 0)
   FROM artists AS artist
   LEFT JOIN (SELECT artist_id, count(DISTINCT track_id)::int AS n FROM track_artists WHERE role = 'performer' GROUP BY artist_id)
     AS performed ON performed.artist_id = artist.id
   LEFT JOIN (SELECT artist_id, count(DISTINCT album_id)::int AS n FROM album_artists GROUP BY artist_id)
     AS made ON made.artist_id = artist.id
   WHERE artist.id = artists.id`,
  `UPDATE genres SET track_count = n
   FROM (SELECT genre_id, count(*)::int AS n FROM track_genres GROUP BY genre_id) AS now WHERE genre_id = genres.id`,
  `INSERT INTO library_albums (library_id, album_id, track_count, duration_ms)
   SELECT library_id, album_id, count(*), sum(duration_ms) FROM tracks GROUP BY library_id, album_id`,
  `INSERT INTO library_artists (library_id, artist_id, role, count)
   SELECT library_id, artist_id, role, count(*) FROM tracks JOIN track_artists ON track_id = id
   GROUP BY library_id, artist_id, role
   UNION ALL
   SELECT library_id, artist_id, 'albumArtist', count(*) FROM library_albums JOIN album_artists USING (album_id)
   GROUP BY library_id, artist_id`,
  `INSERT INTO library_genres (library_id, genre_id, track_count)
   SELECT library_id, genre_id, count(*) FROM tracks JOIN track_genres ON track_id = id GROUP BY library_id, genre_id`,
];

/**
 * A catalogue of generated rows in the real schema, the same for the same size; its indexes are built after the rows,
 * as a restore does it. No triggers run: what is derived from rows (the search index) is made afterwards.
 */
export const fillCatalogue = async (
  url: string,
  size: Pick<Size, 'tracks'> & Partial<Size>,
): Promise<Things> => {
  const things = new Things({ ...USUAL, ...size });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    // Foreign keys hold by how the rows are made; checking them one by one takes longer than making them.
    await client.query('SET session_replication_role = replica');
    await client.query(`SET maintenance_work_mem = '512MB'`);
    const restoreIndexes = await dropIndexes(client);
    await insertThings(client, things, { ...USUAL, ...size });
    for (const statement of COUNTS) await client.query(statement);
    await restoreIndexes();
    await client.query('VACUUM ANALYZE');
    await client.query('CHECKPOINT');
  } finally {
    await client.end();
  }
  return things;
};

const insertThings = async (client: pg.Client, things: Things, { libraries }: Size): Promise<void> => {
  const insert = async <Row>(
    table: string,
    columns: readonly BulkColumn<Row>[],
    rows: readonly Row[],
  ): Promise<void> => {
    for (let at = 0; at < rows.length; at += BATCH) {
      const source = bulkRows(rows.slice(at, at + BATCH), columns);
      await client.query(bulkInsert(table, source), [...source.params]);
    }
  };
  await insert('libraries', LIBRARIES, numbersBelow(libraries));
  await insert('genres', GENRE_COLUMNS, GENRE_NUMBERS);
  await insert('artists', ARTISTS, things.artists);
  await insert('folders', FOLDERS, things.albums);
  await insert('albums', ALBUMS, things.albums);
  await insert('album_artists', ALBUM_ARTISTS, things.albums);
  for (const tracks of batches(things.tracks())) {
    await insert('files', FILES, tracks);
    await insert('tracks', TRACKS, tracks);
    await insert('track_artists', TRACK_ARTISTS, tracks.flatMap(creditsOf));
    await insert('track_genres', TRACK_GENRES, tracks);
    await insert(
      'lyrics',
      LYRICS,
      tracks.filter(({ lyrics }) => lyrics !== null),
    );
    await insert('track_counts', TRACK_COUNTS, tracks);
  }
  await insert('users', OWNER_COLUMNS, numbersBelow(OWNERS));
  await insert('playlists', PLAYLISTS, things.playlists());
};

const numbersBelow = (end: number): readonly number[] => Array.from({ length: end }, (_, n) => n);

function* batches(tracks: Iterable<Track>): Generator<readonly Track[]> {
  let batch: Track[] = [];
  for (const track of tracks) {
    batch.push(track);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** @returns what makes them again */
const dropIndexes = async (client: pg.Client): Promise<() => Promise<void>> => {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
     WHERE schemaname = 'public' AND tablename = ANY($1) AND indexname NOT IN (SELECT conname FROM pg_constraint)`,
    [TABLES],
  );
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  return async () => {
    for (const { definition } of rows) await client.query(definition);
  };
};
