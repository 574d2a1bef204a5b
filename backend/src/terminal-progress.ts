import type { INestApplication } from '@nestjs/common';
import { Notifier } from './database/notifier.js';
import { libraryStatusSchema } from './ingest/library.dto.js';
import { LibraryStatusService } from './ingest/library-status.service.js';
import { ProgressBar } from './ingest/progress-bar.js';

/** The bar below the ready line: what the page shows, too, from the same events. */
export const showProgress = async (app: INestApplication): Promise<void> => {
  const bar = new ProgressBar(process.stdout);
  await app.get(Notifier).subscribe('kanade_library', (payload) => {
    const event = libraryStatusSchema.safeParse(payload);
    if (event.success) bar.show(event.data);
  });
  bar.show(await app.get(LibraryStatusService).status());
};
