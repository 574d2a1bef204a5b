import { Module } from '@nestjs/common';
import { LibraryAccessModule } from '../libraries/library-access.module.js';
import { PlaylistsModule } from '../playlists/playlists.module.js';
import { PlaylistExports } from './playlist-exports.js';
import { PlaylistFilesController } from './playlist-files.controller.js';
import { PlaylistImports } from './playlist-imports.js';
import { TrackFinder } from './track-finder.js';

/** Playlists as files of other players. */
@Module({
  imports: [LibraryAccessModule, PlaylistsModule],
  controllers: [PlaylistFilesController],
  providers: [PlaylistExports, PlaylistImports, TrackFinder],
})
export class PlaylistFilesModule {}
