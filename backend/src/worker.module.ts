import { Module, type DynamicModule } from '@nestjs/common';
import { ConfigModule } from './config/config.module.js';
import type { Config } from './config/config.js';
import { DatabaseModule } from './database/database.module.js';
import { JobsModule } from './jobs/jobs.module.js';
import { LibrariesModule } from './libraries/libraries.module.js';
import { IngestWorkerModule } from './ingest/ingest-worker.module.js';
import type { FfmpegTools } from './media/find-ffmpeg.js';
import { RecommendWorkerModule } from './recommend/recommend-worker.module.js';
import { SearchWorkerModule } from './search/search-worker.module.js';
import { TranscodeWorkerModule } from './transcode/transcode-worker.module.js';
import { StorageModule } from './storage/storage.module.js';

/** What the worker process is made of: no HTTP. */
@Module({})
export class WorkerModule {
  static forRoot(config: Config, databaseUrl: string, tools: FfmpegTools): DynamicModule {
    return {
      module: WorkerModule,
      imports: [
        ConfigModule.forRoot(config),
        DatabaseModule.forRoot(databaseUrl, 10),
        JobsModule.forRoot(databaseUrl),
        StorageModule,
        LibrariesModule,
        IngestWorkerModule.forRoot(tools),
        TranscodeWorkerModule.forRoot(tools),
        SearchWorkerModule,
        RecommendWorkerModule,
      ],
    };
  }
}
