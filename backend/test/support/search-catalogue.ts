import { searchText, sortKey } from '../../src/catalog/names.js';
import { newId } from '../../src/common/id.js';
import type { Database } from '../../src/database/database.js';

/** A small catalogue whose words are few: every one of them begins the names of many. */

const WORDS = [
  'love',
  'lovely',
  'lo',
  'lost',
  'let',
  'sun',
  'sunny',
  'été',
  'rain',
  'a',
  'an',
  '100',
  'Über',
];
const JAPANESE = ['夜', '夜空', '初音', 'みく', 'ミク', '音楽', '空'];

/** The same numbers in every run. */
export const numbers = (seed: number): (() => number) => {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
};

export const nameMaker = (random: () => number): (() => string) => {
  const pick = (from: readonly string[]): string => from[Math.floor(random() * from.length)] ?? '';
  return () => {
    const japanese = random() < 0.3;
    const count = 1 + Math.floor(random() * 3);
    return Array.from({ length: count }, () => pick(japanese ? JAPANESE : WORDS)).join(japanese ? '' : ' ');
  };
};

export interface Row {
  readonly id: string;
  readonly libraryId: string;
  readonly title: string;
  readonly plays: number;
}

/** Tracks straight into the tables: one album and one artist a library. */
export const addTracks = async (db: Database, rows: readonly Row[]): Promise<void> => {
  for (const libraryId of new Set(rows.map((row) => row.libraryId))) {
    await db.query(
      `INSERT INTO albums (id, merge_key, title, sort_key, artist_sort_key, artist_text, search_text)
       VALUES ($1::uuid, 'album ' || $1::uuid, 'Album', 'album', 'nobody', 'Nobody', ' album \n nobody ') ON CONFLICT DO NOTHING`,
      [libraryId],
    );
    const here = rows.filter((row) => row.libraryId === libraryId);
    await db.query(
      `INSERT INTO files (id, library_id, path, display_path, size_bytes, mtime_ns, inode, state)
       SELECT id, $2, uuid_send(id), 'song.flac', 1, 1, 1, 'ready' FROM unnest($1::uuid[]) AS id`,
      [here.map(({ id }) => id), libraryId],
    );
    await db.query(
      `INSERT INTO tracks (id, file_id, album_id, title, sort_key, artist_text, artist_sort_key, search_text)
       SELECT id, id, $2, title, sort_key, 'Nobody', 'nobody', search_text
       FROM unnest($1::uuid[], $3::text[], $4::text[], $5::text[]) AS made (id, title, sort_key, search_text)`,
      [
        here.map(({ id }) => id),
        libraryId,
        here.map(({ title }) => title),
        here.map(({ title }) => sortKey(title)),
        here.map(({ title }) => searchText(title, 'Nobody')),
      ],
    );
    await db.query(
      'INSERT INTO track_counts (track_id, plays) SELECT * FROM unnest($1::uuid[], $2::bigint[])',
      [here.map(({ id }) => id), here.map(({ plays }) => plays)],
    );
  }
};

export const makeRows = (count: number, libraries: readonly string[], random: () => number): Row[] => {
  const name = nameMaker(random);
  return Array.from({ length: count }, () => ({
    id: newId(),
    // Of very different size: the first holds nearly everything.
    libraryId: libraries[Math.floor(random() ** 4 * libraries.length)] ?? '',
    title: name(),
    plays: Math.floor(random() ** 3 * 50),
  }));
};

export const addLibrary = async (db: Database, name: string, openRole: string | null): Promise<string> => {
  const id = newId();
  await db.query(
    `INSERT INTO libraries (id, name, root, display_root, open_role) VALUES ($1, $2, convert_to($2, 'UTF8'), $2, $3)`,
    [id, name, openRole],
  );
  return id;
};
