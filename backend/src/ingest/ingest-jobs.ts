import { Injectable } from '@nestjs/common';
import type { Analyser } from './analyser.js';
import type { ForgottenFiles } from './forgotten-files.js';
import type { LibraryProgress } from './library-progress.js';
import type { SoundRefresh } from './sound-refresh.js';
import type { WatchService } from './watch.service.js';

/** The handlers of ingest's jobs. */
@Injectable()
export class IngestJobs {
  constructor(
    private readonly watch: WatchService,
    private readonly forgotten: ForgottenFiles,
    private readonly analyser: Analyser,
    private readonly progress: LibraryProgress,
    private readonly refresh: SoundRefresh,
  ) {}

  async scan({ libraryId }: { readonly libraryId: string }, signal: AbortSignal): Promise<void> {
    await this.watch.scan(libraryId, signal);
    await this.forgotten.requeue(libraryId);
  }

  async analyse(
    data: { readonly fileId: string },
    signal: AbortSignal,
    isLastAttempt: boolean,
  ): Promise<void> {
    if (await this.analyser.analyse(data.fileId, signal, isLastAttempt)) this.progress.changed();
  }

  remeasure(
    { trackId }: { readonly trackId: string },
    signal: AbortSignal,
    isLastAttempt: boolean,
  ): Promise<void> {
    return this.refresh.remeasure(trackId, signal, isLastAttempt);
  }
}
