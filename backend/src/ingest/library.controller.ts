import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../common/access.js';
import { Answers } from '../common/api.js';
import { CurrentUser } from '../users/access.guard.js';
import type { SignedIn } from '../users/signed-in.js';
import {
  confirmBodySchema,
  libraryStatusSchema,
  type ConfirmBody,
  type LibraryStatus,
} from './library.dto.js';
import { LibraryService } from './library.service.js';

@ApiTags('library')
@Controller('api/library')
export class LibraryController {
  constructor(private readonly library: LibraryService) {}

  @Get('status')
  @Allow('listener')
  @Answers(libraryStatusSchema)
  status(@CurrentUser() user: SignedIn): Promise<LibraryStatus> {
    return this.library.status(user);
  }

  @Post('scan')
  @HttpCode(202)
  @Allow('curator')
  scan(@CurrentUser() actor: SignedIn): Promise<void> {
    return this.library.scanAll(actor);
  }

  @Post('confirm')
  @HttpCode(202)
  @Allow('admin')
  confirm(
    @Body({ schema: confirmBodySchema }) body: ConfirmBody,
    @CurrentUser() actor: SignedIn,
  ): Promise<void> {
    return this.library.confirmLoss(actor, body.libraryId);
  }
}
