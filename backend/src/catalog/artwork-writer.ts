import type { EntityManager } from 'typeorm';
import { newId } from '../common/id.js';
import type { Database } from '../database/database.js';
import type { RenderedArtwork } from '../media/artwork-sizes.js';
import type { ObjectStore } from '../storage/object-store.js';
import { artworkKey } from './artwork-keys.js';

/** The pictures lie in the store, where the hourly sweep finds those that no row came to promise. */
export const storeArtwork = async (store: ObjectStore, { images }: RenderedArtwork): Promise<string> => {
  const id = newId();
  for (const { size, format, bytes } of images) await store.put(artworkKey(id, size, format), bytes);
  return id;
};

export const unstoreArtwork = async (
  store: ObjectStore,
  id: string,
  { images }: RenderedArtwork,
): Promise<void> => {
  for (const { size, format } of images) await store.delete(artworkKey(id, size, format));
};

export interface ArtworkRow {
  readonly id: string;
  /** Of what it was made from; there is no second one of it. */
  readonly hash: Buffer;
  /** Null: a picture of the catalogue. */
  readonly playlistId: string | null;
}

/** After its pictures: a row promises that they are there. @returns whether it is the first of its hash */
export const saveArtwork = async (
  db: Database,
  { id, hash, playlistId }: ArtworkRow,
  { width, height, color, placeholder }: RenderedArtwork,
  tx?: EntityManager,
): Promise<boolean> => {
  const made = await db.query(
    `INSERT INTO artworks (id, source_hash, width, height, color, placeholder, playlist_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (source_hash) DO NOTHING RETURNING id`,
    [id, hash, width, height, color, placeholder, playlistId],
    tx,
  );
  return made.length > 0;
};
