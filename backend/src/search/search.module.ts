import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module.js';
import { SearchController } from './search.controller.js';
import { SearchReads } from './search-reads.js';
import { SearchService } from './search.service.js';

@Module({
  imports: [CatalogModule],
  controllers: [SearchController],
  providers: [SearchReads, SearchService],
})
export class SearchModule {}
