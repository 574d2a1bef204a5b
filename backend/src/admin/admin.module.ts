import { Module } from '@nestjs/common';
import { LibraryAccessModule } from '../libraries/library-access.module.js';
import { UsersModule } from '../users/users.module.js';
import { AdminController } from './admin.controller.js';
import { EventRightsReader } from './event-rights.js';
import { EventsController } from './events.controller.js';
import { EventsService } from './events.service.js';
import { HealthService } from './health.service.js';

@Module({
  imports: [LibraryAccessModule, UsersModule],
  controllers: [AdminController, EventsController],
  providers: [HealthService, EventRightsReader, EventsService],
  exports: [HealthService],
})
export class AdminModule {}
