import { Body, Controller, Get, Header, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, NeedsScope } from '../common/access.js';
import { Answers } from '../common/api.js';
import { validId } from '../common/id.js';
import { VisibleLibraries } from '../libraries/visible-libraries.js';
import { CurrentUser } from '../users/access.guard.js';
import type { SignedIn } from '../users/signed-in.js';
import { GrantService } from './grant.service.js';
import {
  playbackGrantSchema,
  queueBodySchema,
  queueGrantSchema,
  type PlaybackGrantDto,
  type QueueBody,
  type QueueGrantDto,
} from './playback.dto.js';

@ApiTags('playback')
@Controller('api')
export class PlaybackController {
  constructor(
    private readonly grants: GrantService,
    private readonly libraries: VisibleLibraries,
  ) {}

  @Get('tracks/:id/playback')
  @Allow('listener')
  @Header('cache-control', 'no-store')
  @Answers(playbackGrantSchema)
  async track(@Param('id') id: string, @CurrentUser() user: SignedIn): Promise<PlaybackGrantDto> {
    return this.grants.track(validId(id), user.holder, await this.libraries.of(user));
  }

  /** Changes nothing: a body, since a queue is too long for an address. */
  @Post('playback')
  @HttpCode(200)
  @Allow('listener')
  @NeedsScope('read')
  @Header('cache-control', 'no-store')
  @Answers(queueGrantSchema)
  async queue(
    @Body({ schema: queueBodySchema }) body: QueueBody,
    @CurrentUser() user: SignedIn,
  ): Promise<QueueGrantDto> {
    return this.grants.queue(body.trackIds, body.codec, user.holder, await this.libraries.of(user));
  }
}
