import { Module } from '@nestjs/common';
import { CONFIG, type Config } from '../config/config.js';
import { CatalogModule } from '../catalog/catalog.module.js';
import { LibraryAccessModule } from '../libraries/library-access.module.js';
import { TranscodeModule } from '../transcode/transcode.module.js';
import { UsersModule } from '../users/users.module.js';
import { AlbumGains } from './album-gains.js';
import { ExperienceController } from './experience.controller.js';
import { GrantService } from './grant.service.js';
import { GrantNews } from './grant-news.js';
import { GrantedTracks } from './granted-tracks.js';
import { LooseFiles } from './loose-files.js';
import { ManifestService, SIGNING_KEY } from './manifest.service.js';
import { MediaRoute } from './media-route.js';
import { OfflineController } from './offline.controller.js';
import { PlaybackController } from './playback.controller.js';
import { RevokedHolders } from './revoked-holders.js';
import { SEGMENT_CACHE_BYTES, SegmentSender } from './segment-sender.js';
import { loadSigningKey } from './signing-key.js';

/** Grants over the API; the media themselves by `MediaRoute.handle`, which the front calls for /media. */
@Module({
  imports: [CatalogModule, LibraryAccessModule, TranscodeModule, UsersModule],
  controllers: [ExperienceController, OfflineController, PlaybackController],
  providers: [
    {
      provide: SIGNING_KEY,
      inject: [CONFIG],
      useFactory: (config: Config) => loadSigningKey(config.dataDir),
    },
    {
      provide: SEGMENT_CACHE_BYTES,
      inject: [CONFIG],
      useFactory: (config: Config) => config.segmentCacheBytes,
    },
    AlbumGains,
    GrantedTracks,
    GrantNews,
    GrantService,
    LooseFiles,
    ManifestService,
    SegmentSender,
    RevokedHolders,
    MediaRoute,
  ],
  exports: [MediaRoute, GrantService],
})
export class StreamingModule {}
