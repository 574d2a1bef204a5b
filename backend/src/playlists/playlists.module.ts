import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module.js';
import { EntriesController } from './entries.controller.js';
import { EntryEdits } from './entry-edits.js';
import { EntryReads } from './entry-reads.js';
import { EntryRows } from './entry-rows.js';
import { PlaylistExports } from './playlist-exports.js';
import { PlaylistFilesController } from './playlist-files.controller.js';
import { PlaylistImports } from './playlist-imports.js';
import { PlaylistLock } from './playlist-lock.js';
import { PlaylistReads } from './playlist-reads.js';
import { PlaylistsController } from './playlists.controller.js';
import { SmartPreviews } from './smart-previews.js';
import { SmartReads } from './smart-reads.js';
import { PlaylistsService } from './playlists.service.js';
import { TrackFinder } from './track-finder.js';

@Module({
  imports: [CatalogModule],
  controllers: [PlaylistsController, PlaylistFilesController, EntriesController],
  providers: [
    PlaylistReads,
    PlaylistLock,
    PlaylistsService,
    EntryReads,
    EntryRows,
    EntryEdits,
    SmartReads,
    SmartPreviews,
    PlaylistExports,
    PlaylistImports,
    TrackFinder,
  ],
  exports: [PlaylistReads],
})
export class PlaylistsModule {}
