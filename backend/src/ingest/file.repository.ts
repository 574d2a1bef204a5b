import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { bulkInsert, bulkRows } from '../catalog/bulk-rows.js';
import { Database } from '../database/database.js';
import { displayName } from './file-names.js';
import type { FileState, KnownFile } from './folder-changes.js';
import type { SeenFile } from './walk.js';

export interface KnownFolder {
  readonly id: string;
  /** null: not taken in completely. */
  readonly fingerprint: string | null;
  /** null: taken in before it was looked at. */
  readonly besideFingerprint: string | null;
}

export interface FileWrite {
  readonly id: string;
  readonly folderId: string;
  readonly path: string;
  readonly file: SeenFile;
  readonly state: FileState;
  readonly reject: { readonly code: string; readonly reason: string } | null;
  readonly tagsVersion: number;
  readonly isKnown: boolean;
  /** Keeps what was measured of a file whose bytes are the same. */
  readonly sameBytes: boolean;
}

interface FileRow {
  readonly id: string;
  readonly folder_id: string | null;
  readonly path: Buffer;
  readonly size_bytes: string;
  readonly mtime_ns: string;
  readonly inode: string;
  readonly state: FileState;
  readonly tags_version: number;
  readonly has_facts: boolean;
  readonly is_cut: boolean;
}

const bytes = (latin1: string): Buffer => Buffer.from(latin1, 'latin1');

const toKnown = (row: FileRow): KnownFile => ({
  id: row.id,
  folderId: row.folder_id,
  path: row.path.toString('latin1'),
  sizeBytes: Number(row.size_bytes),
  mtimeNs: row.mtime_ns,
  inode: row.inode,
  state: row.state,
  tagsVersion: row.tags_version,
  hasFacts: row.has_facts,
  isCut: row.is_cut,
});

/** The rows of folders and files; paths are bytes in latin1 strings on this side. */
@Injectable()
export class FileRepository {
  constructor(private readonly db: Database) {}

  async findFolders(libraryId: string): Promise<Map<string, KnownFolder>> {
    const rows = await this.db.query<{
      id: string;
      path: Buffer;
      fingerprint: Buffer | null;
      beside: Buffer | null;
    }>('SELECT id, path, fingerprint, beside_fingerprint AS beside FROM folders WHERE library_id = $1', [
      libraryId,
    ]);
    return new Map(
      rows.map((row) => [
        row.path.toString('latin1'),
        {
          id: row.id,
          fingerprint: row.fingerprint?.toString('latin1') ?? null,
          besideFingerprint: row.beside?.toString('latin1') ?? null,
        },
      ]),
    );
  }

  async countPresent(libraryId: string): Promise<number> {
    const row = await this.db.first<{ n: number }>(
      `SELECT count(*)::int AS n FROM files WHERE library_id = $1 AND state IN ('pending', 'ready', 'rejected')`,
      [libraryId],
    );
    return row?.n ?? 0;
  }

  async findInFolders(folderIds: readonly string[]): Promise<KnownFile[]> {
    if (folderIds.length === 0) return [];
    const rows = await this.db.query<FileRow>(
      `SELECT id, folder_id, path, size_bytes, mtime_ns, inode, state, tags_version, facts_version > 0 AS has_facts,
         EXISTS (SELECT FROM tracks WHERE file_id = files.id AND from_sample IS NOT NULL) AS is_cut
       FROM files WHERE folder_id = ANY($1::uuid[])`,
      [folderIds],
    );
    return rows.map(toKnown);
  }

  async saveFolders(
    libraryId: string,
    folders: readonly { readonly id: string; readonly path: string }[],
    tx: EntityManager,
  ): Promise<void> {
    if (folders.length === 0) return;
    const source = bulkRows(folders, [
      { name: 'id', type: 'uuid', of: (row) => row.id },
      { name: 'library_id', type: 'uuid', of: () => libraryId },
      { name: 'path', type: 'bytea', of: (row) => bytes(row.path) },
    ]);
    await this.db.query(bulkInsert('folders', source, 'ON CONFLICT (id) DO NOTHING'), source.params, tx);
  }

  /** From now on a walk that finds the folder like this passes by. */
  async saveFingerprints(folders: readonly KnownFolder[], tx: EntityManager): Promise<void> {
    if (folders.length === 0) return;
    const source = bulkRows(folders, [
      { name: 'id', type: 'uuid', of: (row) => row.id },
      {
        name: 'fingerprint',
        type: 'bytea',
        of: (row) => (row.fingerprint === null ? null : bytes(row.fingerprint)),
      },
      {
        name: 'beside',
        type: 'bytea',
        of: (row) => (row.besideFingerprint === null ? null : bytes(row.besideFingerprint)),
      },
    ]);
    await this.db.query(
      `UPDATE folders SET fingerprint = source.fingerprint, beside_fingerprint = source.beside FROM ${source.from} WHERE folders.id = source.id`,
      source.params,
      tx,
    );
  }

  async saveFiles(libraryId: string, files: readonly FileWrite[], tx: EntityManager): Promise<void> {
    if (files.length === 0) return;
    const source = bulkRows(files, [
      { name: 'id', type: 'uuid', of: (row) => row.id },
      { name: 'library_id', type: 'uuid', of: () => libraryId },
      { name: 'folder_id', type: 'uuid', of: (row) => row.folderId },
      { name: 'path', type: 'bytea', of: (row) => bytes(row.path) },
      { name: 'display_path', type: 'text', of: (row) => displayName(row.path) },
      { name: 'size_bytes', type: 'bigint', of: (row) => row.file.sizeBytes },
      { name: 'mtime_ns', type: 'bigint', of: (row) => row.file.mtimeNs },
      { name: 'inode', type: 'bigint', of: (row) => row.file.inode },
      { name: 'state', type: 'text', of: (row) => row.state },
      { name: 'reject_code', type: 'text', of: (row) => row.reject?.code },
      { name: 'reject_reason', type: 'text', of: (row) => row.reject?.reason },
      { name: 'tags_version', type: 'smallint', of: (row) => row.tagsVersion },
    ]);
    await this.db.query(
      `INSERT INTO files (${source.names}) SELECT ${source.names} FROM ${source.from}
       ON CONFLICT (id) DO UPDATE SET folder_id = excluded.folder_id, path = excluded.path,
         display_path = excluded.display_path, size_bytes = excluded.size_bytes, mtime_ns = excluded.mtime_ns,
         inode = excluded.inode, state = excluded.state, reject_code = excluded.reject_code,
         reject_reason = excluded.reject_reason, tags_version = excluded.tags_version, missing_since = NULL`,
      source.params,
      tx,
    );
    const changed = files.filter((row) => row.isKnown && !row.sameBytes).map((row) => row.id);
    if (changed.length === 0) return;
    // Negative: facts of bytes that have changed since; the second pass looks whether the sound is still the same.
    await this.db.query(
      'UPDATE files SET facts_version = -facts_version WHERE id = ANY($1::uuid[]) AND facts_version > 0',
      [changed],
      tx,
    );
  }

  async markMissing(ids: readonly string[], tx: EntityManager): Promise<void> {
    await this.db.query(
      `UPDATE files SET state = 'missing', reject_code = NULL, reject_reason = NULL, missing_since = now()
       WHERE id = ANY($1::uuid[]) AND state <> 'missing'`,
      [ids],
      tx,
    );
  }

  /** Back as they were: ready at once when their sound was measured, else pending. @returns those that are pending. */
  async markReturned(ids: readonly string[], tx: EntityManager): Promise<string[]> {
    const rows = await this.db.query<{ id: string; state: FileState }>(
      `UPDATE files SET state = CASE WHEN facts_version > 0 THEN 'ready' ELSE 'pending' END, missing_since = NULL
       WHERE id = ANY($1::uuid[]) AND state = 'missing' RETURNING id, state`,
      [ids],
      tx,
    );
    return rows.filter((row) => row.state === 'pending').map((row) => row.id);
  }

  /** Folders that are gone: kept for the sake of their files' rows, dropped when there are none. */
  async forgetFolders(ids: readonly string[], tx: EntityManager): Promise<void> {
    await this.db.query('UPDATE folders SET fingerprint = NULL WHERE id = ANY($1::uuid[])', [ids], tx);
    await this.db.query(
      `DELETE FROM folders WHERE id = ANY($1::uuid[]) AND NOT EXISTS (SELECT FROM files WHERE folder_id = folders.id)`,
      [ids],
      tx,
    );
  }
}
