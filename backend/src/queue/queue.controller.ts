import { Body, Controller, Get, Patch, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../common/access.js';
import { Answers } from '../common/api.js';
import { pageQuerySchema, type PageQuery } from '../common/page.js';
import { VisibleLibraries } from '../libraries/visible-libraries.js';
import { CurrentUser } from '../users/access.guard.js';
import type { SignedIn } from '../users/signed-in.js';
import {
  queueBodySchema,
  queuedTracksSchema,
  queuePlaceSchema,
  queueSavedSchema,
  savedQueueSchema,
  type QueueBody,
  type QueuedTracks,
  type QueuePlace,
  type QueueSaved,
  type SavedQueue,
} from './queue.dto.js';
import { QueueService } from './queue.service.js';

@ApiTags('queue')
@Controller('api/me/queue')
export class QueueController {
  constructor(
    private readonly queue: QueueService,
    private readonly libraries: VisibleLibraries,
  ) {}

  @Get()
  @Allow('listener')
  @Answers(savedQueueSchema)
  get(@CurrentUser() { userId }: SignedIn): Promise<SavedQueue> {
    return this.queue.get(userId);
  }

  @Put()
  @Allow('listener')
  @Answers(queueSavedSchema)
  async save(
    @Body({ schema: queueBodySchema }) body: QueueBody,
    @CurrentUser() user: SignedIn,
  ): Promise<QueueSaved> {
    return this.queue.save(user.userId, body, await this.libraries.of(user));
  }

  @Patch()
  @Allow('listener')
  @Answers(queueSavedSchema)
  move(
    @Body({ schema: queuePlaceSchema }) body: QueuePlace,
    @CurrentUser() { userId }: SignedIn,
  ): Promise<QueueSaved> {
    return this.queue.move(userId, body);
  }

  @Get('tracks')
  @Allow('listener')
  @Answers(queuedTracksSchema)
  async tracks(
    @Query({ schema: pageQuerySchema }) query: PageQuery,
    @CurrentUser() user: SignedIn,
  ): Promise<QueuedTracks> {
    return this.queue.page(user.userId, query, await this.libraries.of(user));
  }
}
