import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../common/access.js';
import { Answers } from '../common/api.js';
import { validId } from '../common/id.js';
import type { Page } from '../common/page.js';
import { VisibleLibraries } from '../libraries/visible-libraries.js';
import { CurrentUser } from '../users/access.guard.js';
import type { SignedIn } from '../users/signed-in.js';
import { History } from './history.js';
import {
  historyPageSchema,
  historyQuerySchema,
  playBatchSchema,
  playReceiptSchema,
  type HistoryEntry,
  type HistoryQuery,
  type PlayBatch,
  type PlayReceipt,
} from './plays.dto.js';
import { PlaysService } from './plays.service.js';

@ApiTags('plays')
@Controller('api')
export class PlaysController {
  constructor(
    private readonly plays: PlaysService,
    private readonly history: History,
    private readonly libraries: VisibleLibraries,
  ) {}

  @Post('plays')
  @HttpCode(200)
  @Allow('listener')
  @Answers(playReceiptSchema)
  async report(
    @Body({ schema: playBatchSchema }) batch: PlayBatch,
    @CurrentUser() user: SignedIn,
  ): Promise<PlayReceipt> {
    return this.plays.report(user.userId, batch, await this.libraries.of(user));
  }

  @Get('me/history')
  @Allow('listener')
  @Answers(historyPageSchema)
  async listHistory(
    @Query({ schema: historyQuerySchema }) query: HistoryQuery,
    @CurrentUser() user: SignedIn,
  ): Promise<Page<HistoryEntry>> {
    return this.history.list(user.userId, query, await this.libraries.of(user));
  }

  @Delete('me/history/:id')
  @Allow('listener')
  @HttpCode(204)
  forget(@Param('id') id: string, @CurrentUser() user: SignedIn): Promise<void> {
    return this.history.remove(user.userId, validId(id));
  }

  /** Every entry of a track. */
  @Delete('me/history/tracks/:id')
  @Allow('listener')
  @HttpCode(204)
  forgetTrack(@Param('id') id: string, @CurrentUser() user: SignedIn): Promise<void> {
    return this.history.removeTrack(user.userId, validId(id));
  }
}
