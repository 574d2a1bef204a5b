import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { JobQueue } from '../jobs/job-queue.js';
import type { Visible } from '../libraries/seen.js';
import { LibraryRepository } from '../libraries/library.repository.js';
import type { LibraryStatus } from './library.dto.js';
import { CONFIRMED } from './loss-rules.js';

/** The lock of the one who scans a library. */
export const scanLock = (libraryId: string): string => `kanade.scan.${libraryId}`;

const REJECTIONS = 1000;

/** SQL: the first parameter names the libraries that are seen; null: all. */
const SEEN = '($1::uuid[] IS NULL OR library_id = ANY($1::uuid[]))';

const reasonOf = (code: string): string =>
  code === 'EACCES' || code === 'EPERM'
    ? 'Kanade may not read this folder. Give the user that runs it the right to read and open it.'
    : `This folder cannot be read (${code}). What was found in it before is kept.`;

/** How the libraries stand, counted from their rows: the same in every process. */
@Injectable()
export class LibraryStatusService {
  constructor(
    private readonly db: Database,
    private readonly jobs: JobQueue,
    private readonly libraries: LibraryRepository,
  ) {}

  /** Of the libraries that somebody sees. */
  async status(visible: Visible = null): Promise<LibraryStatus> {
    const libraries = (await this.libraries.findAll()).filter(({ id }) => visible?.includes(id) ?? true);
    const [counts, rejections, unreadable, warnings, encoding, scanning] = await Promise.all([
      this.countFiles(visible),
      this.findRejections(visible),
      this.findUnreadable(visible),
      this.findWarnings(visible),
      this.countEncoding(),
      this.isScanning(libraries.map(({ id }) => id)),
    ]);
    const { pending = 0, ready = 0, rejected = 0, missing = 0 } = counts;
    return {
      scanning,
      files: { found: pending + ready + rejected, ready, pending, rejected, missing },
      rejections,
      unreadable,
      warnings,
      libraries: libraries.map((library) => ({
        id: library.id,
        name: library.name,
        path: library.displayRoot,
        held:
          library.heldCode === null || library.heldCode === CONFIRMED
            ? null
            : { code: library.heldCode, reason: library.heldReason ?? '' },
        lastScannedAt: library.lastScannedAt?.toISOString() ?? null,
      })),
      work: { analysing: pending, encoding },
    };
  }

  private async countFiles(visible: Visible): Promise<Readonly<Record<string, number>>> {
    const rows = await this.db.query<{ state: string; n: number }>(
      `SELECT state, count(*)::int AS n FROM files WHERE ${SEEN} GROUP BY state`,
      [visible],
    );
    return Object.fromEntries(rows.map((row) => [row.state, row.n]));
  }

  private findRejections(visible: Visible): Promise<LibraryStatus['rejections']> {
    return this.db.query(
      `SELECT display_path AS path, reject_code AS code, reject_reason AS reason FROM files
       WHERE state = 'rejected' AND ${SEEN} ORDER BY library_id, id LIMIT ${REJECTIONS}`,
      [visible],
    );
  }

  private async findUnreadable(visible: Visible): Promise<LibraryStatus['unreadable']> {
    const rows = await this.db.query<{ path: string; code: string }>(
      `SELECT display_path AS path, code FROM unreadable_folders WHERE ${SEEN} ORDER BY library_id, path`,
      [visible],
    );
    return rows.map((row) => ({ ...row, reason: reasonOf(row.code) }));
  }

  private findWarnings(visible: Visible): Promise<LibraryStatus['warnings']> {
    return this.db.query(
      `SELECT display_path AS path, 'CUE_SHEET' AS code, cue_problem AS reason FROM files
       WHERE cue_problem IS NOT NULL AND state = 'ready' AND ${SEEN} ORDER BY library_id, id LIMIT ${REJECTIONS}`,
      [visible],
    );
  }

  private async countEncoding(): Promise<number> {
    const row = await this.db.first<{ n: number }>(
      `SELECT count(DISTINCT (track_id, codec, bitrate_kbps))::int AS n FROM renditions
        WHERE state IN ('queued', 'encoding')`,
    );
    return row?.n ?? 0;
  }

  /** Somebody holds a scan's lock, or a scan was asked for and has not begun. */
  private async isScanning(libraryIds: readonly string[]): Promise<boolean> {
    const row = await this.db.first<{ held: boolean }>(
      `SELECT EXISTS (
         SELECT FROM pg_locks JOIN unnest($1::text[]) AS wanted (name)
           ON (classid::bigint << 32) | objid::bigint = hashtextextended(wanted.name, 0)
         WHERE locktype = 'advisory' AND objsubid = 1 AND granted
           AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS held`,
      [libraryIds.map(scanLock)],
    );
    if (row?.held === true) return true;
    const open = await Promise.all(
      libraryIds.map((libraryId) => this.jobs.isOpen('ingest.scan', { libraryId })),
    );
    return open.includes(true);
  }
}
