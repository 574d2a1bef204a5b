import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { saveArtwork, storeArtwork, unstoreArtwork } from '../catalog/artwork-writer.js';
import { DomainError } from '../common/errors.js';
import { newId } from '../common/id.js';
import { Places } from '../common/places.js';
import { Database } from '../database/database.js';
import { ArtworkRenderer } from '../media/artwork-renderer.js';
import type { RenderedArtwork } from '../media/artwork-sizes.js';
import { MediaError } from '../media/media-error.js';
import { OBJECT_STORE, type ObjectStore } from '../storage/object-store.js';
import { PlaylistLock, type Change } from './playlist-lock.js';

/** Of every picture its own, were it that of another list or of an album: it is seen by those who see the list. */
const hashOf = (playlistId: string, source: Uint8Array): Buffer =>
  createHash('sha256').update(`playlist ${playlistId} ${newId()} `).update(source).digest();

/** Covers that people upload. */
@Injectable()
export class PlaylistCovers implements OnModuleDestroy {
  private readonly places = new Places({
    all: 4,
    ofOne: 1,
    complaint: 'Too many covers are being made at once. Try again soon.',
  });
  private waiting = 0;

  constructor(
    private readonly db: Database,
    private readonly lock: PlaylistLock,
    @Inject(OBJECT_STORE) private readonly store: ObjectStore,
    private readonly renderer: ArtworkRenderer,
  ) {}

  onModuleDestroy(): void {
    this.renderer.close();
  }

  /** @throws DomainError BAD_IMAGE, TOO_MANY_REQUESTS, and those of PlaylistLock */
  async put(change: Change, source: Uint8Array): Promise<void> {
    const leave = this.places.enter(change.userId);
    try {
      // A picture costs seconds: nobody has them spent on a list that is not theirs.
      await this.lock.require(change, 'own');
      const artwork = await this.render(source);
      const id = await storeArtwork(this.store, artwork);
      const hash = hashOf(change.playlistId, source);
      try {
        await this.lock.changing(change, 'own', async ({ id: playlistId }, tx) => {
          await this.db.query('DELETE FROM artworks WHERE playlist_id = $1', [playlistId], tx);
          await saveArtwork(this.db, { id, hash, playlistId }, artwork, tx);
        });
      } catch (error) {
        await unstoreArtwork(this.store, id, artwork);
        throw error;
      }
    } finally {
      leave();
    }
  }

  /** What is not there is gone already. Its pictures go with the next hourly sweep. @throws those of PlaylistLock */
  async remove(change: Change): Promise<void> {
    await this.lock.changing(change, 'own', async ({ id }, tx) => {
      await this.db.query('DELETE FROM artworks WHERE playlist_id = $1', [id], tx);
    });
  }

  /** In a caged child, which is there while somebody waits for it. */
  private async render(source: Uint8Array): Promise<RenderedArtwork> {
    this.waiting += 1;
    try {
      return await this.renderer.render(source);
    } catch (error) {
      if (!(error instanceof MediaError) || error.code === 'SYSTEM_FAULT') throw error;
      throw new DomainError('BAD_IMAGE', error.message, { cause: error });
    } finally {
      this.waiting -= 1;
      if (this.waiting === 0) this.renderer.close();
    }
  }
}
