import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { playlistNamed, playlistSeen } from '../catalog/playlist-sight.js';
import { DomainError } from '../common/errors.js';
import { Database } from '../database/database.js';
import type { Visible } from '../libraries/seen.js';
import { PlaylistReads, playlistNotFound } from './playlist-reads.js';

/** Who changes which list, and of which revision they know. */
export interface Change {
  readonly userId: string;
  readonly playlistId: string;
  readonly revision: number;
  readonly visible: Visible;
}

export interface Locked {
  readonly id: string;
  readonly revision: number;
  readonly isOwner: boolean;
  readonly isSmart: boolean;
  readonly entryCount: number;
}

type Right = 'own' | 'edit';
type LockedRow = Locked & { readonly canEdit: boolean };

/** Changes of one playlist, one after the other: whoever made theirs of an older revision is told what stands there now. */
@Injectable()
export class PlaylistLock {
  constructor(
    private readonly db: Database,
    private readonly reads: PlaylistReads,
  ) {}

  /**
   * Runs `work` while nobody else changes the list, and then counts the revision up.
   * @throws DomainError PLAYLIST_NOT_FOUND, FORBIDDEN, PLAYLIST_CHANGED
   */
  async changing<T>(
    change: Change,
    right: Right,
    work: (playlist: Locked, tx: EntityManager) => Promise<T>,
  ): Promise<{ readonly revision: number; readonly entryCount: number; readonly result: T }> {
    const { playlistId } = change;
    const done = await this.db.transaction(async (tx) => {
      const playlist = await this.lock(change, right, tx);
      if (playlist.revision !== change.revision) return null;
      const result = await work(playlist, tx);
      const after = await this.db.first<{ revision: number; entryCount: number }>(
        `UPDATE playlists SET revision = revision + 1, updated_at = now() WHERE id = $1
         RETURNING revision, entry_count AS "entryCount"`,
        [playlistId],
        tx,
      );
      if (after === undefined) throw playlistNotFound();
      return { ...after, result };
    });
    return done ?? this.refuse(change);
  }

  /** What `changing` would refuse, before work that costs. @throws the same */
  async require(change: Change, right: Right): Promise<void> {
    const { revision } = await this.db.transaction((tx) => this.lock(change, right, tx));
    if (revision !== change.revision) await this.refuse(change);
  }

  private async refuse({ userId, playlistId, visible }: Change): Promise<never> {
    throw new DomainError('PLAYLIST_CHANGED', 'Somebody else has changed this playlist in the meantime.', {
      field: 'revision',
      current: await this.reads.get(userId, playlistId, visible),
    });
  }

  /** @throws DomainError PLAYLIST_NOT_FOUND, FORBIDDEN */
  async lock(
    { userId, playlistId }: Pick<Change, 'userId' | 'playlistId'>,
    right: Right,
    tx: EntityManager,
  ): Promise<Locked> {
    const row = await this.db.first<LockedRow>(
      `SELECT id, revision, owner_id = $1 AS "isOwner", rules IS NOT NULL AS "isSmart", entry_count AS "entryCount",
         (owner_id = $1 OR ${playlistNamed('$1')}) AS "canEdit"
       FROM playlists WHERE id = $2 AND ${playlistSeen('$1')} FOR UPDATE OF playlists`,
      [userId, playlistId],
      tx,
    );
    if (row === undefined) throw playlistNotFound();
    if (!(right === 'own' ? row.isOwner : row.canEdit))
      throw new DomainError('FORBIDDEN', 'This playlist is somebody else’s to change.');
    return row;
  }
}
