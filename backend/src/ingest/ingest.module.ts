import { Module } from '@nestjs/common';
import { LibrariesModule } from '../libraries/libraries.module.js';
import { LibraryController } from './library.controller.js';
import { LibraryService } from './library.service.js';
import { LibraryStatusService } from './library-status.service.js';

/** What the API process offers of the library: its status, scans, confirmations. */
@Module({
  imports: [LibrariesModule],
  controllers: [LibraryController],
  providers: [LibraryService, LibraryStatusService],
  exports: [LibraryStatusService],
})
export class IngestModule {}
