import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { bulkInsert, bulkRows } from '../catalog/bulk-rows.js';
import { log } from '../common/log.js';
import { Database } from '../database/database.js';
import type { Library } from '../libraries/library.entity.js';
import { displayName } from './file-names.js';
import { isBelow } from './walk.js';

export interface UnreadableFolder {
  readonly path: string;
  /** As the system calls it: EACCES, EIO. */
  readonly code: string;
}

/** More than this at once is one broken disk, not that many folders. */
const KEPT = 500;

/** What a scan could not look into, for whoever keeps the folders; the tracks in there are left as they are. */
@Injectable()
export class UnreadableFolders {
  constructor(private readonly db: Database) {}

  /** @param scope the folders that were looked at; with 'all', what was found replaces what was known. */
  async save(
    library: Library,
    found: readonly UnreadableFolder[],
    scope: 'all' | readonly string[],
  ): Promise<void> {
    for (const { path, code } of found)
      log.warn({ library: library.name, folder: displayName(path), code }, 'a folder cannot be read');
    await this.db.transaction(async (tx) => {
      await this.forget(library.id, scope, tx);
      const source = bulkRows(found.slice(0, KEPT), [
        { name: 'library_id', type: 'uuid', of: () => library.id },
        { name: 'path', type: 'bytea', of: (row) => Buffer.from(row.path, 'latin1') },
        { name: 'display_path', type: 'text', of: (row) => displayName(row.path) || '/' },
        { name: 'code', type: 'text', of: (row) => row.code },
      ]);
      if (found.length > 0)
        await this.db.query(
          bulkInsert('unreadable_folders', source, 'ON CONFLICT DO NOTHING'),
          source.params,
          tx,
        );
    });
  }

  private async forget(
    libraryId: string,
    scope: 'all' | readonly string[],
    tx: EntityManager,
  ): Promise<void> {
    const known = await this.db.query<{ path: Buffer }>(
      'SELECT path FROM unreadable_folders WHERE library_id = $1',
      [libraryId],
      tx,
    );
    const looked = known.filter(
      ({ path }) => scope === 'all' || scope.some((folder) => isBelow(path.toString('latin1'), folder)),
    );
    if (looked.length > 0)
      await this.db.query(
        'DELETE FROM unreadable_folders WHERE library_id = $1 AND path = ANY($2::bytea[])',
        [libraryId, looked.map(({ path }) => path)],
        tx,
      );
  }
}
