import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module.js';
import { QueueController } from './queue.controller.js';
import { QueueService } from './queue.service.js';

/** What a listener is playing, gone on with elsewhere. */
@Module({ imports: [CatalogModule], controllers: [QueueController], providers: [QueueService] })
export class QueueModule {}
