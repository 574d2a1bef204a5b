import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module.js';
import { SearchController } from './search.controller.js';
import { SearchIndex } from './search-index.js';
import { SearchService } from './search.service.js';

@Module({
  imports: [CatalogModule],
  controllers: [SearchController],
  providers: [SearchIndex, SearchService],
})
export class SearchModule {}
