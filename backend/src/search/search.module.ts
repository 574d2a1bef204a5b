import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module.js';
import { PlaylistsModule } from '../playlists/playlists.module.js';
import { SearchController } from './search.controller.js';
import { SearchIndex } from './search-index.js';
import { SearchService } from './search.service.js';

@Module({
  imports: [CatalogModule, PlaylistsModule],
  controllers: [SearchController],
  providers: [SearchIndex, SearchService],
})
export class SearchModule {}
