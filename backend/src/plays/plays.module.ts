import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module.js';
import { HeardThings } from './heard-things.js';
import { History } from './history.js';
import { MostPlayedLists } from './most-played.js';
import { PlayRepository } from './play.repository.js';
import { PlaysController } from './plays.controller.js';
import { PlaysService } from './plays.service.js';
import { StatisticsController } from './statistics.controller.js';
import { YearStatisticsReads } from './year-statistics.js';

@Module({
  imports: [CatalogModule],
  controllers: [PlaysController, StatisticsController],
  providers: [PlayRepository, PlaysService, History, HeardThings, MostPlayedLists, YearStatisticsReads],
})
export class PlaysModule {}
