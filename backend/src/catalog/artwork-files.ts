import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '../common/errors.js';
import { Database } from '../database/database.js';
import { SqlParams } from '../database/sql-params.js';
import { seenBy, type Visible } from '../libraries/seen.js';
import { storedSize, type ArtworkFormat, type ArtworkSize } from '../media/artwork-sizes.js';
import { OBJECT_STORE, ObjectNotFound, type ObjectStore } from '../storage/object-store.js';
import { artworkKey } from './artwork-keys.js';
import { playlistSeen } from './playlist-sight.js';

/** Whose eyes a picture is looked for with. */
export interface Beholder {
  readonly userId: string;
  readonly visible: Visible;
}

/** The bytes of pictures, for those who see something that wears them. */
@Injectable()
export class ArtworkFiles {
  constructor(
    private readonly db: Database,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
  ) {}

  /** The cover of a list for those who see the list, whatever libraries they see. @throws DomainError ARTWORK_NOT_FOUND */
  read(id: string, size: ArtworkSize, format: ArtworkFormat, { userId, visible }: Beholder): Promise<Buffer> {
    const params = new SqlParams();
    const picture = params.add(id);
    const seen = seenBy(visible, params.add);
    const worn =
      visible === null
        ? 'true'
        : `EXISTS (SELECT FROM tracks WHERE artwork_id = ${picture} AND available AND ${seen.track})
           OR EXISTS (SELECT FROM albums WHERE artwork_id = ${picture} AND ${seen.album})`;
    const mayLook = `CASE WHEN artworks.playlist_id IS NULL THEN ${worn} ELSE EXISTS (
      SELECT FROM playlists WHERE playlists.id = artworks.playlist_id AND ${playlistSeen(params.add(userId))}) END`;
    return this.find(`id = ${picture} AND ${mayLook}`, params, { id, size, format });
  }

  /** For who was let see what wears it: by an address that was signed, or by the track. @throws DomainError ARTWORK_NOT_FOUND */
  readGranted(id: string, size: ArtworkSize, format: ArtworkFormat): Promise<Buffer> {
    const params = new SqlParams();
    return this.find(`id = ${params.add(id)}`, params, { id, size, format });
  }

  private async find(
    where: string,
    params: SqlParams,
    { id, size, format }: { readonly id: string; readonly size: ArtworkSize; readonly format: ArtworkFormat },
  ): Promise<Buffer> {
    const row = await this.db.first<{ width: number; height: number }>(
      `SELECT width, height FROM artworks WHERE ${where}`,
      params.values,
    );
    if (row === undefined) throw new DomainError('ARTWORK_NOT_FOUND', 'There is no such picture.');
    try {
      return await this.store.read(artworkKey(id, storedSize(size, row.width, row.height), format));
    } catch (error) {
      if (error instanceof ObjectNotFound)
        throw new DomainError('ARTWORK_NOT_FOUND', 'This picture is not in the store.', { cause: error });
      throw error;
    }
  }
}
