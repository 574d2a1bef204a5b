import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module.js';
import { MODEL_SHELF } from './model-shelf.provider.js';
import { Rollback } from './rollback.js';
import { UsersModule } from '../users/users.module.js';
import { TasteBlocks } from './taste-blocks.js';
import { TasteController } from './taste.controller.js';
import { TasteExclusions } from './taste-exclusions.js';
import { TasteService } from './taste.service.js';
import { Trainings } from './trainings.js';
import { TrainingsController } from './trainings.controller.js';
import { Weights } from './weights.js';

/** The API's side of recommending. */
@Module({
  imports: [CatalogModule, UsersModule],
  controllers: [TasteController, TrainingsController],
  providers: [MODEL_SHELF, Weights, Trainings, Rollback, TasteService, TasteBlocks, TasteExclusions],
})
export class RecommendModule {}
