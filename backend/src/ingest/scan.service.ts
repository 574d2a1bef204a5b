import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { log } from '../common/log.js';
import { Database } from '../database/database.js';
import { LibraryRepository } from '../libraries/library.repository.js';
import { LibraryProgress } from './library-progress.js';
import { scanLock } from './library-status.service.js';
import { Scanner, type ScanOptions, type ScanResult } from './scanner.js';
import type { ScanScope } from './survey.js';

const LOCK_RETRY_MS = 500;

/** One scan a library at a time, in the whole installation. */
@Injectable()
export class ScanService {
  /** Told of folders with files that had not settled. */
  onUnsettled: (libraryId: string, folders: readonly string[]) => void = () => undefined;

  constructor(
    private readonly db: Database,
    private readonly libraries: LibraryRepository,
    private readonly scanner: Scanner,
    private readonly progress: LibraryProgress,
  ) {}

  /** Waits for its turn. */
  async scan(
    libraryId: string,
    scope: ScanScope,
    signal: AbortSignal,
    onFolder?: (path: string) => void,
  ): Promise<ScanResult> {
    for (;;) {
      signal.throwIfAborted();
      const result = await this.db.withAdvisoryLock(scanLock(libraryId), () =>
        this.run(libraryId, { scope, signal, onFolder }),
      );
      if (result !== null) {
        this.progress.changed();
        return result;
      }
      await wait(LOCK_RETRY_MS, undefined, { signal });
    }
  }

  private async run(libraryId: string, options: ScanOptions): Promise<ScanResult> {
    const library = await this.libraries.getById(libraryId);
    const startedAt = performance.now();
    this.progress.changed();
    const result = await this.scanner.scan(library, {
      ...options,
      onProgress: () => this.progress.changed(),
    });
    const durationMs = Math.round(performance.now() - startedAt);
    if (options.scope === 'all' || result.taken > 0)
      log.info(
        { library: library.name, taken: result.taken, missing: result.missing, durationMs },
        `scan ${result.outcome}`,
      );
    if (result.unsettled.length > 0) this.onUnsettled(libraryId, result.unsettled);
    return result;
  }
}
