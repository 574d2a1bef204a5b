import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, NeedsScope } from '../common/access.js';
import { Answers } from '../common/api.js';
import { validId } from '../common/id.js';
import { VisibleLibraries } from '../libraries/visible-libraries.js';
import { CurrentUser } from '../users/access.guard.js';
import type { SignedIn } from '../users/signed-in.js';
import { radioBodySchema, tracksFromModelSchema, type RadioBody, type TracksFromModel } from './radio.dto.js';
import { RadioService } from './radio.service.js';

const SIMILAR = 20;

@ApiTags('recommendations')
@Controller('api/recommendations')
export class RadioController {
  constructor(
    private readonly radio: RadioService,
    private readonly libraries: VisibleLibraries,
  ) {}

  /** Changes nothing: a body, since what was heard is too long for an address. */
  @Post('radio')
  @HttpCode(200)
  @Allow('listener')
  @NeedsScope('read')
  @Answers(tracksFromModelSchema)
  async next(
    @Body({ schema: radioBodySchema }) body: RadioBody,
    @CurrentUser() user: SignedIn,
  ): Promise<TracksFromModel> {
    return this.radio.radio(user.userId, body, await this.libraries.of(user));
  }

  @Get('similar-tracks/:id')
  @Allow('listener')
  @Answers(tracksFromModelSchema)
  async similar(@Param('id') id: string, @CurrentUser() user: SignedIn): Promise<TracksFromModel> {
    const seed = { kind: 'track', id: validId(id) } as const;
    return this.radio.similar(user.userId, seed, SIMILAR, await this.libraries.of(user));
  }
}
