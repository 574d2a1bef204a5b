import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module.js';
import { TasteBlocks } from './taste-blocks.js';
import { TasteController } from './taste.controller.js';
import { TasteExclusions } from './taste-exclusions.js';
import { TasteService } from './taste.service.js';
import { Weights } from './weights.js';

/** The API's side of recommending. */
@Module({
  imports: [CatalogModule],
  controllers: [TasteController],
  providers: [Weights, TasteService, TasteBlocks, TasteExclusions],
})
export class RecommendModule {}
