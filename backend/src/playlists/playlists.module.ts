import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module.js';
import { SmartListsModule } from '../smart-lists/smart-lists.module.js';
import { ArtworkRenderer } from '../media/artwork-renderer.js';
import { EntriesController } from './entries.controller.js';
import { EntryEdits } from './entry-edits.js';
import { EntryReads } from './entry-reads.js';
import { EntryRows } from './entry-rows.js';
import { PlaylistCovers } from './playlist-covers.js';
import { PlaylistCoversController } from './playlist-covers.controller.js';
import { PlaylistLock } from './playlist-lock.js';
import { PlaylistReads } from './playlist-reads.js';
import { PlaylistTracks } from './playlist-tracks.js';
import { PlaylistsController } from './playlists.controller.js';
import { PlaylistsService } from './playlists.service.js';

@Module({
  imports: [CatalogModule, SmartListsModule],
  controllers: [PlaylistsController, EntriesController, PlaylistCoversController],
  providers: [
    { provide: ArtworkRenderer, useFactory: () => new ArtworkRenderer() },
    PlaylistCovers,
    PlaylistReads,
    PlaylistTracks,
    PlaylistLock,
    PlaylistsService,
    EntryReads,
    EntryRows,
    EntryEdits,
  ],
  exports: [PlaylistReads, PlaylistTracks, PlaylistsService],
})
export class PlaylistsModule {}
