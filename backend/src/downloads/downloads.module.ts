import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module.js';
import { TranscodeModule } from '../transcode/transcode.module.js';
import { PlaylistsModule } from '../playlists/playlists.module.js';
import { UsersModule } from '../users/users.module.js';
import { Collections } from './collections.js';
import { DownloadPlaces } from './download-places.js';
import { DownloadRights } from './download-rights.js';
import { DownloadsController } from './downloads.controller.js';
import { RungFiles } from './rung-files.js';
import { TrackFiles } from './track-files.js';

@Module({
  imports: [CatalogModule, PlaylistsModule, TranscodeModule, UsersModule],
  controllers: [DownloadsController],
  providers: [Collections, DownloadPlaces, DownloadRights, RungFiles, TrackFiles],
})
export class DownloadsModule {}
