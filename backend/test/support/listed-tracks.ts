import { mergeTrack } from '../../src/catalog/merge.js';
import { newId } from '../../src/common/id.js';
import type { Database } from '../../src/database/database.js';
import { NO_TAGS, type TrackTags } from '../../src/media/track-tags.js';
import { makeCatalog } from './catalog.js';

/** A music folder of a name, without files. */
export const addLibrary = async (db: Database, name: string): Promise<string> => {
  const id = newId();
  await db.query(`INSERT INTO libraries (id, name, root, display_root) VALUES ($1, $2, $3, $2)`, [
    id,
    name,
    Buffer.from(`/${name}`),
  ]);
  return id;
};

export interface ListedTrack {
  readonly path: string;
  readonly tags: Partial<TrackTags>;
}

/** Tracks as the first pass lists them: rows of files that nobody opens. @returns their ids, in order */
export const addTracks = async (
  db: Database,
  libraryId: string,
  tracks: readonly ListedTrack[],
): Promise<string[]> => {
  const { catalog } = makeCatalog(db);
  const fileIds = tracks.map(() => newId());
  await db.query(
    `INSERT INTO files (id, library_id, path, display_path, size_bytes, mtime_ns, inode, state)
     SELECT file.id, $1, convert_to(file.path, 'UTF8'), file.path, 1, 1, 1, 'ready'
     FROM unnest($2::uuid[], $3::text[]) AS file (id, path)`,
    [libraryId, fileIds, tracks.map(({ path }) => path)],
  );
  const entries = tracks.map(({ path, tags }, at) => ({
    fileId: fileIds[at] ?? '',
    track: mergeTrack({ ...NO_TAGS, ...tags }, { libraryId, folders: [], fileName: path }),
    format: null,
  }));
  for (let at = 0; at < entries.length; at += 500)
    await db.transaction((tx) => catalog.upsert(entries.slice(at, at + 500), tx));
  const rows = await db.query<{ id: string }>(
    `SELECT tracks.id FROM unnest($1::uuid[]) WITH ORDINALITY AS file (id, at)
     JOIN tracks ON tracks.file_id = file.id ORDER BY file.at`,
    [fileIds],
  );
  return rows.map(({ id }) => id);
};
