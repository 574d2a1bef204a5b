import { Module, type DynamicModule } from '@nestjs/common';
import { AdminModule } from './admin/admin.module.js';
import { CatalogModule } from './catalog/catalog.module.js';
import { ConfigModule } from './config/config.module.js';
import type { Config } from './config/config.js';
import { DatabaseModule } from './database/database.module.js';
import { DownloadsModule } from './downloads/downloads.module.js';
import { HomeModule } from './home/home.module.js';
import { IngestModule } from './ingest/ingest.module.js';
import { JobsModule } from './jobs/jobs.module.js';
import { LibrariesModule } from './libraries/libraries.module.js';
import { LikesModule } from './likes/likes.module.js';
import { PlaylistFilesModule } from './playlist-files/playlist-files.module.js';
import { PlaylistsModule } from './playlists/playlists.module.js';
import { PERSONAL_PARTS } from './personal-parts.js';
import { PersonalModule } from './personal/personal.module.js';
import { PlaysModule } from './plays/plays.module.js';
import { QueueModule } from './queue/queue.module.js';
import { RecommendModule } from './recommend/recommend.module.js';
import { SearchModule } from './search/search.module.js';
import { SharesModule } from './shares/shares.module.js';
import { SmartListsModule } from './smart-lists/smart-lists.module.js';
import { StorageModule } from './storage/storage.module.js';
import { StreamingModule } from './streaming/streaming.module.js';
import { UsersModule } from './users/users.module.js';

/** What the API process is made of. */
@Module({})
export class AppModule {
  static forRoot(config: Config, databaseUrl: string): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.forRoot(config),
        DatabaseModule.forRoot(databaseUrl),
        JobsModule.forRoot(databaseUrl),
        StorageModule,
        UsersModule,
        PersonalModule.forRoot(PERSONAL_PARTS),
        LibrariesModule,
        AdminModule,
        CatalogModule,
        LikesModule,
        SmartListsModule,
        PlaylistsModule,
        PlaylistFilesModule,
        PlaysModule,
        HomeModule,
        QueueModule,
        IngestModule,
        StreamingModule,
        SharesModule,
        DownloadsModule,
        SearchModule,
        RecommendModule,
      ],
    };
  }
}
