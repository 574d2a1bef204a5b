import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { LibrariesModule } from '../libraries/libraries.module.js';
import { LibraryAccessModule } from '../libraries/library-access.module.js';
import { UsersModule } from '../users/users.module.js';
import { Folder } from './folder.entity.js';
import { LibraryController } from './library.controller.js';
import { LibraryService } from './library.service.js';
import { LibraryStatusService } from './library-status.service.js';
import { MediaFile } from './media-file.entity.js';

/** What the API process offers of the library: its status, scans, confirmations. */
@Module({
  imports: [LibrariesModule, LibraryAccessModule, UsersModule, TypeOrmModule.forFeature([Folder, MediaFile])],
  controllers: [LibraryController],
  providers: [LibraryService, LibraryStatusService],
  exports: [LibraryStatusService],
})
export class IngestModule {}
