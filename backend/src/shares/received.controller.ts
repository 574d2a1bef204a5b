import { Body, Controller, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, NeedsScope } from '../common/access.js';
import { Answers } from '../common/api.js';
import { validId } from '../common/id.js';
import { pageQuerySchema, type Page, type PageQuery } from '../common/page.js';
import {
  queueBodySchema,
  queueGrantSchema,
  type QueueBody,
  type QueueGrantDto,
} from '../streaming/playback.dto.js';
import { CurrentUser } from '../users/access.guard.js';
import type { SignedIn } from '../users/signed-in.js';
import { ShareRepository } from './share.repository.js';
import { SharedMusicService } from './shared-music.js';
import { receivedPageSchema, sharedMusicSchema, type ReceivedShare, type SharedMusic } from './shares.dto.js';

/** What others have shared with somebody by name: all that a guest hears. */
@ApiTags('shares')
@Controller('api/me/shared')
export class ReceivedController {
  constructor(
    private readonly shares: ShareRepository,
    private readonly music: SharedMusicService,
  ) {}

  @Get()
  @Allow('guest')
  @Answers(receivedPageSchema)
  list(
    @Query({ schema: pageQuerySchema }) query: PageQuery,
    @CurrentUser() user: SignedIn,
  ): Promise<Page<ReceivedShare>> {
    return this.shares.listFor(user.userId, query);
  }

  @Get(':id')
  @Allow('guest')
  @Header('cache-control', 'no-store')
  @Answers(sharedMusicSchema)
  async look(
    @Param('id') id: string,
    @Query({ schema: pageQuerySchema }) query: PageQuery,
    @CurrentUser() { userId, holder }: SignedIn,
  ): Promise<SharedMusic> {
    return this.music.look(await this.shares.getFor(userId, validId(id)), query, holder);
  }

  /** Changes nothing: a body, since a queue is too long for an address. */
  @Post(':id/playback')
  @HttpCode(200)
  @Allow('guest')
  @NeedsScope('read')
  @Header('cache-control', 'no-store')
  @Answers(queueGrantSchema)
  async play(
    @Param('id') id: string,
    @Body({ schema: queueBodySchema }) body: QueueBody,
    @CurrentUser() { userId, holder }: SignedIn,
  ): Promise<QueueGrantDto> {
    return this.music.play(await this.shares.getFor(userId, validId(id)), body, holder);
  }
}
