import { newId } from '../../src/common/id.js';
import type { Database } from '../../src/database/database.js';

export interface PlainTracks {
  readonly libraryId: string;
  readonly trackIds: readonly string[];
}

/** Ready tracks of a library of their own, four an album and one artist an album: rows alone, without sound. */
export const addPlainTracks = async (
  db: Database,
  count: number,
  { durationMs = 200_000 }: { readonly durationMs?: number } = {},
): Promise<PlainTracks> => {
  const libraryId = newId();
  await db.query(`INSERT INTO libraries (id, name, root, display_root) VALUES ($1, 'Plain', $2, 'plain')`, [
    libraryId,
    Buffer.from(libraryId),
  ]);
  const trackIds = Array.from({ length: count }, newId);
  const albumIds = Array.from({ length: Math.ceil(count / 4) }, newId);
  await db.query(
    `INSERT INTO albums (id, merge_key, title, sort_key, artist_sort_key, artist_text, track_count, duration_ms)
     SELECT id, id::text, 'Album ' || at, 'album ' || at, 'artist', 'Artist ' || at, 4, 4 * $2::bigint
       FROM unnest($1::uuid[]) WITH ORDINALITY AS made (id, at)`,
    [albumIds, durationMs],
  );
  await db.query(
    `INSERT INTO artists (id, name, name_key, sort_name, sort_key, album_count, track_count)
     SELECT id, 'Artist ' || at, id::text, 'Artist ' || at, 'artist ' || at, 1, 4
       FROM unnest($1::uuid[]) WITH ORDINALITY AS made (id, at)`,
    [albumIds],
  );
  await db.query(
    'INSERT INTO album_artists (album_id, position, artist_id) SELECT id, 0, id FROM unnest($1::uuid[]) AS made (id)',
    [albumIds],
  );
  await db.query(
    `INSERT INTO files (id, library_id, path, display_path, size_bytes, mtime_ns, inode, state)
     SELECT id, $1, convert_to(id::text, 'UTF8'), id::text, 1, 1, 1, 'ready' FROM unnest($2::uuid[]) AS made (id)`,
    [libraryId, trackIds],
  );
  await db.query(
    `INSERT INTO tracks (id, file_id, album_id, title, sort_key, artist_text, artist_sort_key, duration_ms)
     SELECT id, id, ($2::uuid[])[(at + 3) / 4], 'Track ' || at, 'track ' || at, '', '', $3
       FROM unnest($1::uuid[]) WITH ORDINALITY AS made (id, at)`,
    [trackIds, albumIds, durationMs],
  );
  await db.query(
    `INSERT INTO track_artists (track_id, role, position, artist_id)
     SELECT id, 'performer', 0, album_id FROM tracks WHERE id = ANY($1::uuid[])`,
    [trackIds],
  );
  await db.query(
    `INSERT INTO library_albums (library_id, album_id, track_count, duration_ms)
     SELECT $1, id, 4, 4 * $3::bigint FROM unnest($2::uuid[]) AS made (id)`,
    [libraryId, albumIds, durationMs],
  );
  await db.query(
    `INSERT INTO library_artists (library_id, artist_id, role, count)
     SELECT $1, id, role, n FROM unnest($2::uuid[]) AS made (id), (VALUES ('performer', 4), ('albumArtist', 1)) AS part (role, n)`,
    [libraryId, albumIds],
  );
  return { libraryId, trackIds };
};

export const addPlainUser = async (db: Database, username: string = newId()): Promise<string> => {
  const id = newId();
  await db.query(`INSERT INTO users (id, username, role) VALUES ($1, $2, 'listener')`, [id, username]);
  return id;
};
