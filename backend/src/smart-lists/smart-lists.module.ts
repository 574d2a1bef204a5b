import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module.js';
import { Database } from '../database/database.js';
import { SmartLists } from './smart-lists.js';
import { SmartPreviews } from './smart-previews.js';
import { SmartPreviewsController } from './smart-previews.controller.js';
import { SmartReads } from './smart-reads.js';

/** Lists that hold whatever their rules find. */
@Module({
  imports: [CatalogModule],
  controllers: [SmartPreviewsController],
  providers: [
    { provide: SmartReads, inject: [Database], useFactory: (db: Database) => new SmartReads(db) },
    SmartLists,
    SmartPreviews,
  ],
  exports: [SmartLists],
})
export class SmartListsModule {}
