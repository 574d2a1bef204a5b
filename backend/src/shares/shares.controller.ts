import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, Public, SessionOnly } from '../common/access.js';
import { Answers } from '../common/api.js';
import { validId } from '../common/id.js';
import { pageQuerySchema, type Page, type PageQuery } from '../common/page.js';
import { queueGrantSchema, type QueueGrantDto } from '../streaming/playback.dto.js';
import { CurrentUser } from '../users/access.guard.js';
import type { SignedIn } from '../users/signed-in.js';
import { ShareRepository } from './share.repository.js';
import { SharedMusicService } from './shared-music.js';
import {
  madeShareSchema,
  newShareBodySchema,
  sharedMusicSchema,
  shareLookBodySchema,
  sharePageSchema,
  sharePlaybackBodySchema,
  type MadeShareDto,
  type NewShareBody,
  type SharedMusic,
  type ShareDto,
  type ShareLookBody,
  type SharePlaybackBody,
} from './shares.dto.js';
import { SharesService } from './shares.service.js';

@ApiTags('shares')
@Controller('api/shares')
export class SharesController {
  constructor(
    private readonly service: SharesService,
    private readonly shares: ShareRepository,
    private readonly music: SharedMusicService,
  ) {}

  @Get()
  @Allow('listener')
  @Answers(sharePageSchema)
  list(
    @Query({ schema: pageQuerySchema }) query: PageQuery,
    @CurrentUser() user: SignedIn,
  ): Promise<Page<ShareDto>> {
    return this.shares.list(user.userId, query);
  }

  /** A share outlives a key: so no key makes one. */
  @Post()
  @Allow('listener')
  @SessionOnly()
  @Answers(madeShareSchema, 201)
  make(
    @Body({ schema: newShareBodySchema }) body: NewShareBody,
    @CurrentUser() user: SignedIn,
  ): Promise<MadeShareDto> {
    return this.service.make(user, body);
  }

  @Delete(':id')
  @Allow('listener')
  @HttpCode(204)
  revoke(@Param('id') id: string, @CurrentUser() user: SignedIn): Promise<void> {
    return this.service.revoke(user, validId(id));
  }

  /** By POST: a token in an address would stand in the logs of every proxy. */
  @Post('look')
  @Public()
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Answers(sharedMusicSchema)
  async look(
    @Body({ schema: shareLookBodySchema }) { token, ...place }: ShareLookBody,
  ): Promise<SharedMusic> {
    return this.music.look(await this.shares.getByToken(token), place, null);
  }

  @Post('playback')
  @Public()
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Answers(queueGrantSchema)
  async play(
    @Body({ schema: sharePlaybackBodySchema }) { token, ...queue }: SharePlaybackBody,
  ): Promise<QueueGrantDto> {
    return this.music.play(await this.shares.getByToken(token), queue, null);
  }
}
