import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module.js';
import { MODEL_STORE } from './model-shelf.js';
import { Models } from './models.js';
import { Rollback } from './rollback.js';
import { UsersModule } from '../users/users.module.js';
import { PlaylistsModule } from '../playlists/playlists.module.js';
import { Candidates } from './candidates.js';
import { RadioController } from './radio.controller.js';
import { RadioService } from './radio.service.js';
import { SeedTracks } from './seed-tracks.js';
import { ReasonReads } from './reason-reads.js';
import { WeeklyController } from './weekly.controller.js';
import { WeeklyLists } from './weekly-lists.js';
import { WeeklyMaker } from './weekly-maker.js';
import { WeeklyService } from './weekly.service.js';
import { TasteBlocks } from './taste-blocks.js';
import { TasteController } from './taste.controller.js';
import { TasteExclusions } from './taste-exclusions.js';
import { TasteService } from './taste.service.js';
import { Trainings } from './trainings.js';
import { TrainingsController } from './trainings.controller.js';
import { Weights } from './weights.js';

/** The API's side of recommending. */
@Module({
  imports: [CatalogModule, UsersModule, PlaylistsModule],
  controllers: [TasteController, TrainingsController, WeeklyController, RadioController],
  providers: [
    MODEL_STORE,
    Models,
    Weights,
    Trainings,
    Rollback,
    Candidates,
    WeeklyLists,
    WeeklyMaker,
    WeeklyService,
    ReasonReads,
    SeedTracks,
    RadioService,
    TasteService,
    TasteBlocks,
    TasteExclusions,
  ],
})
export class RecommendModule {}
