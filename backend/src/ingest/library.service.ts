import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { PRIORITY } from '../jobs/job-map.js';
import { JobQueue } from '../jobs/job-queue.js';
import { LibraryRepository } from '../libraries/library.repository.js';
import { VisibleLibraries } from '../libraries/visible-libraries.js';
import { AuditLog } from '../users/audit-log.js';
import type { SignedIn } from '../users/signed-in.js';
import type { LibraryStatus } from './library.dto.js';
import { LibraryStatusService } from './library-status.service.js';
import { CONFIRMED } from './loss-rules.js';

/** What people may ask of their libraries. */
@Injectable()
export class LibraryService {
  constructor(
    private readonly db: Database,
    private readonly jobs: JobQueue,
    private readonly libraries: LibraryRepository,
    private readonly statuses: LibraryStatusService,
    private readonly audit: AuditLog,
    private readonly visible: VisibleLibraries,
  ) {}

  async status(viewer: SignedIn): Promise<LibraryStatus> {
    return this.statuses.status(await this.visible.of(viewer));
  }

  async scanAll(actor: SignedIn): Promise<void> {
    await this.audit.write({ actor, action: 'library.scan' });
    const libraries = await this.libraries.findAll();
    await this.jobs.enqueueMany(
      'ingest.scan',
      libraries.map(({ id }) => ({ libraryId: id })),
      { priority: PRIORITY.waiting },
    );
  }

  /** The files of a held library that are gone are gone: the next scan marks them missing. */
  async confirmLoss(actor: SignedIn, libraryId: string): Promise<void> {
    await this.db.transaction(async (tx) => {
      const library = await this.libraries.getById(libraryId, tx);
      await this.db.query(
        'UPDATE libraries SET held_code = $2, held_reason = NULL WHERE id = $1 AND held_code IS NOT NULL',
        [library.id, CONFIRMED],
        tx,
      );
      await this.audit.write({ actor, action: 'library.confirm', targetId: libraryId }, tx);
      await this.jobs.enqueue('ingest.scan', { libraryId }, { tx, priority: PRIORITY.waiting });
    });
  }
}
