import { Injectable } from '@nestjs/common';
import type { Analyser } from './analyser.js';
import type { LibraryProgress } from './library-progress.js';
import type { WatchService } from './watch.service.js';

/** The handlers of ingest's jobs. */
@Injectable()
export class IngestJobs {
  constructor(
    private readonly watch: WatchService,
    private readonly analyser: Analyser,
    private readonly progress: LibraryProgress,
  ) {}

  scan(data: { readonly libraryId: string }, signal: AbortSignal): Promise<void> {
    return this.watch.scan(data.libraryId, signal);
  }

  async analyse(data: { readonly fileId: string }, signal: AbortSignal): Promise<void> {
    if (await this.analyser.analyse(data.fileId, signal)) this.progress.changed();
  }
}
