import { Controller, Get, Param } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../common/access.js';
import { Answers } from '../common/api.js';
import { validId } from '../common/id.js';
import { VisibleLibraries } from '../libraries/visible-libraries.js';
import { CurrentUser } from '../users/access.guard.js';
import type { SignedIn } from '../users/signed-in.js';
import { trackLyricsSchema, type TrackLyrics } from './lyrics.dto.js';
import { LyricsReads } from './lyrics-reads.js';

@ApiTags('catalogue')
@Controller('api')
export class LyricsController {
  constructor(
    private readonly lyrics: LyricsReads,
    private readonly libraries: VisibleLibraries,
  ) {}

  @Get('tracks/:id/lyrics')
  @Allow('listener')
  @Answers(trackLyricsSchema)
  async getLyrics(@Param('id') id: string, @CurrentUser() user: SignedIn): Promise<TrackLyrics> {
    return this.lyrics.ofTrack(validId(id), await this.libraries.of(user));
  }
}
