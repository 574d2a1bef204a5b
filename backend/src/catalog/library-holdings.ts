import type { EntityManager } from 'typeorm';
import type { Database } from '../database/database.js';
import { bulkRows } from './bulk-rows.js';

/** How much of an artist, in a role, or of a genre lies in each library: by {@link holdingKey}. */
export type Holdings = ReadonlyMap<string, number>;

/** `role` is '' for a genre. */
interface Holding {
  readonly id: string;
  readonly role: string;
  readonly libraryId: string;
}

export const holdingKey = ({ id, role, libraryId }: Holding): string => `${id} ${role} ${libraryId}`;

export const holdingOf = (key: string): Holding => {
  const [id = '', role = '', libraryId = ''] = key.split(' ');
  return { id, role, libraryId };
};

/** Pure: of all libraries together; of artists those tracks on which they perform. */
export const overall = (changes: Holdings, role: string): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>();
  for (const [key, change] of changes) {
    const holding = holdingOf(key);
    if (holding.role === role) sums.set(holding.id, (sums.get(holding.id) ?? 0) + change);
  }
  return sums;
};

/** What the libraries hold of albums, counted anew: an album is small. */
export const recountLibraryAlbums = (
  db: Database,
  albumIds: readonly string[],
  tx: EntityManager,
): Promise<unknown> =>
  db.query(
    `WITH now AS MATERIALIZED (
       SELECT library_id, album_id, count(*)::int AS tracks, coalesce(sum(duration_ms), 0)::bigint AS duration
       FROM tracks WHERE album_id = ANY($1::uuid[]) AND available GROUP BY library_id, album_id),
     gone AS (DELETE FROM library_albums WHERE album_id = ANY($1::uuid[])
       AND NOT EXISTS (SELECT FROM now WHERE now.album_id = library_albums.album_id AND now.library_id = library_albums.library_id))
     INSERT INTO library_albums AS kept (library_id, album_id, track_count, duration_ms) SELECT * FROM now
     ON CONFLICT (album_id, library_id) DO UPDATE SET track_count = excluded.track_count, duration_ms = excluded.duration_ms
     WHERE (kept.track_count, kept.duration_ms) IS DISTINCT FROM (excluded.track_count, excluded.duration_ms)`,
    [albumIds],
    tx,
  );

interface Kept {
  readonly table: 'library_artists' | 'library_genres';
  readonly identity: readonly string[];
  readonly count: string;
}

export const OF_ARTISTS: Kept = {
  table: 'library_artists',
  identity: ['artist_id', 'role', 'library_id'],
  count: 'count',
};
export const OF_GENRES: Kept = {
  table: 'library_genres',
  identity: ['genre_id', 'library_id'],
  count: 'track_count',
};

/** Moves the counts of artists or genres whose rows the caller holds locked; what nothing is left of has no row. */
export const addToHoldings = async (
  db: Database,
  { table, identity, count }: Kept,
  changes: Holdings,
  tx: EntityManager,
): Promise<void> => {
  const rows = [...changes].map(([key, n]) => ({ ...holdingOf(key), n }));
  if (rows.length === 0) return;
  const source = bulkRows(rows, [
    { name: identity[0] ?? '', type: 'uuid', of: ({ id }) => id },
    ...(identity.includes('role') ? [{ name: 'role', type: 'text', of: ({ role }: Holding) => role }] : []),
    { name: 'library_id', type: 'uuid', of: ({ libraryId }) => libraryId },
    { name: count, type: 'int', of: ({ n }) => n },
  ]);
  await db.query(
    `INSERT INTO ${table} AS kept (${source.names}) SELECT ${source.names} FROM ${source.from}
     ON CONFLICT (${identity.join(', ')}) DO UPDATE SET ${count} = kept.${count} + excluded.${count}`,
    source.params,
    tx,
  );
  if (rows.every(({ n }) => n > 0)) return;
  const same = identity.map((name) => `kept.${name} = source.${name}`).join(' AND ');
  await db.query(
    `DELETE FROM ${table} AS kept USING ${source.from} WHERE ${same} AND kept.${count} = 0`,
    source.params,
    tx,
  );
};
