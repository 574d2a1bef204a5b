import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '../common/errors.js';
import { Database } from '../database/database.js';
import { SqlParams } from '../database/sql-params.js';
import { seenBy, type Visible } from '../libraries/seen.js';
import { storedSize, type ArtworkFormat, type ArtworkSize } from '../media/artwork-sizes.js';
import { OBJECT_STORE, ObjectNotFound, type ObjectStore } from '../storage/object-store.js';
import { artworkKey } from './artwork-keys.js';

/** The bytes of pictures, for those who see something that wears them. */
@Injectable()
export class ArtworkFiles {
  constructor(
    private readonly db: Database,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
  ) {}

  /** @throws DomainError ARTWORK_NOT_FOUND */
  async read(id: string, size: ArtworkSize, format: ArtworkFormat, visible: Visible): Promise<Buffer> {
    const params = new SqlParams();
    const picture = params.add(id);
    const seen = seenBy(visible, params.add);
    const row = await this.db.first<{ width: number; height: number }>(
      `SELECT width, height FROM artworks WHERE id = ${picture} AND (${visible === null}
         OR EXISTS (SELECT FROM tracks WHERE artwork_id = ${picture} AND available AND ${seen.track})
         OR EXISTS (SELECT FROM albums WHERE artwork_id = ${picture} AND ${seen.album}))`,
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
