import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DomainError } from '../common/errors.js';
import { Database } from '../database/database.js';
import { EntryRows } from './entry-rows.js';
import { PlaylistLock, type Change, type Locked } from './playlist-lock.js';
import {
  MOST_ENTRIES,
  type AddEntries,
  type Added,
  type Edited,
  type MoveEntries,
  type RemoveEntries,
} from './playlists.dto.js';

/** Entries put in, moved and taken out; each change whole or not at all. */
@Injectable()
export class EntryEdits {
  constructor(
    private readonly db: Database,
    private readonly lock: PlaylistLock,
    private readonly rows: EntryRows,
  ) {}

  /** @throws DomainError TRACK_NOT_FOUND, ENTRY_NOT_FOUND, DUPLICATE_ENTRIES, PLAYLIST_FULL, and those of PlaylistLock */
  async add(change: Change, { trackIds, before, duplicates: wish }: AddEntries): Promise<Added> {
    const { result, ...edited } = await this.lock.changing(change, 'edit', async (playlist, tx) => {
      requireOrdered(playlist);
      await this.rows.requireTracks(trackIds, change.visible, tx);
      const standing = await this.rows.findTracks(playlist.id, trackIds, tx);
      const { fresh, duplicates } = sorted(trackIds, standing);
      if (wish === 'refuse' && duplicates.length > 0)
        throw new DomainError('DUPLICATE_ENTRIES', 'Some of these tracks stand in the playlist already.', {
          field: 'trackIds',
          current: { duplicates },
        });
      const added = await this.insert(playlist, wish === 'skip' ? fresh : trackIds, before, change, tx);
      return { added, duplicates };
    });
    return { ...edited, ...result };
  }

  /** @throws DomainError ENTRY_NOT_FOUND, INVALID_BODY, and those of PlaylistLock */
  async move(change: Change, { entryIds, before }: MoveEntries): Promise<Edited> {
    requireDistinct(entryIds);
    if (before !== null && entryIds.includes(before))
      throw new DomainError('INVALID_BODY', 'A block cannot be moved in front of itself.', {
        field: 'before',
      });
    const { revision, entryCount } = await this.lock.changing(change, 'edit', async ({ id }, tx) => {
      await this.rows.requireEntries(id, entryIds, tx);
      const positions = await this.rows.makeRoom(id, entryIds.length, before, entryIds, tx);
      await this.db.query(
        `UPDATE playlist_entries SET position = moved.position
         FROM unnest($2::uuid[], $3::bigint[]) AS moved (id, position)
         WHERE playlist_entries.id = moved.id AND playlist_id = $1`,
        [id, entryIds, positions],
        tx,
      );
    });
    return { revision, entryCount };
  }

  /** @throws DomainError ENTRY_NOT_FOUND, INVALID_BODY, and those of PlaylistLock */
  async remove(change: Change, { entryIds }: RemoveEntries): Promise<Edited> {
    requireDistinct(entryIds);
    const { revision, entryCount } = await this.lock.changing(change, 'edit', async ({ id }, tx) => {
      await this.rows.requireEntries(id, entryIds, tx);
      await this.db.query(
        'DELETE FROM playlist_entries WHERE playlist_id = $1 AND id = ANY($2::uuid[])',
        [id, entryIds],
        tx,
      );
      await this.rows.count(id, -entryIds.length, tx);
    });
    return { revision, entryCount };
  }

  private async insert(
    { id, entryCount }: Locked,
    trackIds: readonly string[],
    before: string | null,
    { userId }: Change,
    tx: EntityManager,
  ): Promise<string[]> {
    if (entryCount + trackIds.length > MOST_ENTRIES)
      throw new DomainError('PLAYLIST_FULL', `A playlist holds ${MOST_ENTRIES} entries at most.`);
    const positions = await this.rows.makeRoom(id, trackIds.length, before, [], tx);
    return this.rows.insert(id, trackIds, positions, userId, tx);
  }
}

const requireOrdered = ({ isSmart }: Locked): void => {
  if (isSmart)
    throw new DomainError('PLAYLIST_IS_SMART', 'What stands in this playlist is found by its rules.');
};

const requireDistinct = (entryIds: readonly string[]): void => {
  if (new Set(entryIds).size < entryIds.length)
    throw new DomainError('INVALID_BODY', 'An entry is named twice.', { field: 'entryIds' });
};

/** Pure: which of them are new to the list, each once, and which stand there already or are named again. */
export const sorted = (
  trackIds: readonly string[],
  standing: ReadonlySet<string>,
): { readonly fresh: readonly string[]; readonly duplicates: string[] } => {
  const seen = new Set(standing);
  const duplicates = new Set<string>();
  const fresh: string[] = [];
  for (const id of trackIds) {
    if (seen.has(id)) duplicates.add(id);
    else fresh.push(id);
    seen.add(id);
  }
  return { fresh, duplicates: [...duplicates] };
};
