import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { INIT_PART, type Collection, type KeptTrack, type SealedPart } from './kept';

interface Schema extends DBSchema {
  /** `key`, `lease`, `paused`. */
  facts: { key: string; value: unknown };
  collections: { key: [string, string]; value: Collection };
  tracks: { key: string; value: KeptTrack };
  /** By track and number; -1 is the init part. */
  parts: { key: [string, number]; value: SealedPart };
  /** What the server answered at a path, for when it does not. */
  answers: { key: string; value: { readonly path: string; readonly trackId: string | null; body: unknown } };
}

export type OfflineDb = IDBPDatabase<Schema>;

const PREFIX = 'kanade-offline-';

/** One database a listener, so that all of somebody's goes at once. */
export const openOfflineDb = (userId: string): Promise<OfflineDb> =>
  openDB<Schema>(PREFIX + userId, 1, {
    upgrade: (db) => {
      db.createObjectStore('facts');
      db.createObjectStore('collections', { keyPath: ['kind', 'id'] });
      db.createObjectStore('tracks', { keyPath: 'trackId' });
      db.createObjectStore('parts');
      db.createObjectStore('answers', { keyPath: 'path' });
    },
    // A sign-out in another tab deletes it: whoever holds it open lets go.
    blocking: (_current, _blocked, event) => {
      if (event.target instanceof IDBDatabase) event.target.close();
    },
  });

/** Of every listener but this one. */
export const deleteOfflineDbs = async (except: string | null): Promise<void> => {
  const all = await indexedDB.databases();
  const names = all.flatMap(({ name }) => (name?.startsWith(PREFIX) ? [name] : []));
  await Promise.all(names.filter((name) => name !== PREFIX + except).map((name) => deleteDB(name)));
};

/** Every part of one track. */
export const partsOf = (trackId: string): IDBKeyRange =>
  IDBKeyRange.bound([trackId, INIT_PART], [trackId, Number.MAX_SAFE_INTEGER]);
