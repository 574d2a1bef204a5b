import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, NeedsScope } from '../common/access.js';
import { Answers } from '../common/api.js';
import { VisibleLibraries } from '../libraries/visible-libraries.js';
import { CurrentUser } from '../users/access.guard.js';
import type { SignedIn } from '../users/signed-in.js';
import { previewBodySchema, previewSchema, type Preview, type PreviewBody } from './smart-lists.dto.js';
import { SmartPreviews } from './smart-previews.js';

@ApiTags('playlists')
@Controller('api/playlists/preview')
export class SmartPreviewsController {
  constructor(
    private readonly previews: SmartPreviews,
    private readonly libraries: VisibleLibraries,
  ) {}

  /** Changes nothing: what rules would find, while they are being written. */
  @Post()
  @HttpCode(200)
  @Allow('listener')
  @NeedsScope('read')
  @Answers(previewSchema)
  async preview(
    @Body({ schema: previewBodySchema }) { rules }: PreviewBody,
    @CurrentUser() user: SignedIn,
  ): Promise<Preview> {
    return this.previews.of(user.userId, rules, await this.libraries.of(user));
  }
}
