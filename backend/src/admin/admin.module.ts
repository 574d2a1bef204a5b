import { Module } from '@nestjs/common';
import { LibraryAccessModule } from '../libraries/library-access.module.js';
import { AdminController } from './admin.controller.js';
import { EventsController } from './events.controller.js';
import { EventsService } from './events.service.js';
import { HealthService } from './health.service.js';

@Module({
  imports: [LibraryAccessModule],
  controllers: [AdminController, EventsController],
  providers: [HealthService, EventsService],
  exports: [HealthService],
})
export class AdminModule {}
