import { Module } from '@nestjs/common';
import { UsersModule } from '../users/users.module.js';
import { LibrariesController } from './libraries.controller.js';
import { LibraryAccess } from './library-access.js';
import { VisibleLibraries } from './visible-libraries.js';

/** Who sees which music folder; a worker, who has no listeners, needs none of it. */
@Module({
  imports: [UsersModule],
  controllers: [LibrariesController],
  providers: [LibraryAccess, VisibleLibraries],
  exports: [VisibleLibraries],
})
export class LibraryAccessModule {}
