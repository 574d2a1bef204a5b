import { Body, Controller, Header, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, NeedsScope } from '../common/access.js';
import { Answers } from '../common/api.js';
import { VisibleLibraries } from '../libraries/visible-libraries.js';
import { SourceRepository } from '../transcode/source.repository.js';
import { CurrentUser } from '../users/access.guard.js';
import type { SignedIn } from '../users/signed-in.js';
import { keptTracks } from './kept-tracks.js';
import {
  keptTracksBodySchema,
  keptTracksSchema,
  type KeptTracksBody,
  type KeptTracksDto,
} from './offline.dto.js';

@ApiTags('playback')
@Controller('api/me/offline')
export class OfflineController {
  constructor(
    private readonly sources: SourceRepository,
    private readonly libraries: VisibleLibraries,
  ) {}

  /** Changes nothing: what a device keeps it asks for at every contact, and removes what is refused. */
  @Post()
  @HttpCode(200)
  @Allow('listener')
  @NeedsScope('read')
  @Header('cache-control', 'no-store')
  @Answers(keptTracksSchema)
  async look(
    @Body({ schema: keptTracksBodySchema }) { trackIds }: KeptTracksBody,
    @CurrentUser() user: SignedIn,
  ): Promise<KeptTracksDto> {
    const [found, visible] = await Promise.all([this.sources.find(trackIds), this.libraries.of(user)]);
    return keptTracks(trackIds, found, visible, Date.now());
  }
}
