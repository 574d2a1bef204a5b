import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module.js';
import { PlaylistsModule } from '../playlists/playlists.module.js';
import { StreamingModule } from '../streaming/streaming.module.js';
import { UsersModule } from '../users/users.module.js';
import { ReceivedController } from './received.controller.js';
import { ShareRepository } from './share.repository.js';
import { SharedItems } from './shared-items.js';
import { SharedMusicService } from './shared-music.js';
import { SharesController } from './shares.controller.js';
import { SharesService } from './shares.service.js';

@Module({
  imports: [CatalogModule, PlaylistsModule, StreamingModule, UsersModule],
  controllers: [SharesController, ReceivedController],
  providers: [ShareRepository, SharedItems, SharedMusicService, SharesService],
})
export class SharesModule {}
