import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../common/access.js';
import { Answers } from '../common/api.js';
import { pageQuerySchema, type Page, type PageQuery } from '../common/page.js';
import { VisibleLibraries } from '../libraries/visible-libraries.js';
import { CurrentUser } from '../users/access.guard.js';
import type { SignedIn } from '../users/signed-in.js';
import type { HeardKind } from './heard-sql.js';
import { MostPlayedLists } from './most-played.js';
import {
  heardKindSchema,
  mostPlayedPageSchema,
  mostPlayedQuerySchema,
  yearQuerySchema,
  yearSchema,
  yearStatisticsSchema,
  type MostPlayed,
  type MostPlayedQuery,
  type YearQuery,
  type YearStatistics,
} from './statistics.dto.js';
import { YearStatisticsReads } from './year-statistics.js';

@ApiTags('plays')
@Controller('api/me')
export class StatisticsController {
  constructor(
    private readonly lists: MostPlayedLists,
    private readonly years: YearStatisticsReads,
    private readonly libraries: VisibleLibraries,
  ) {}

  @Get('most-played/:kind')
  @Allow('listener')
  @Answers(mostPlayedPageSchema)
  async listMostPlayed(
    @Param('kind', { schema: heardKindSchema }) kind: HeardKind,
    @Query({ schema: mostPlayedQuerySchema }) query: MostPlayedQuery,
    @CurrentUser() user: SignedIn,
  ): Promise<Page<MostPlayed>> {
    return this.lists.list(user.userId, kind, query, await this.libraries.of(user));
  }

  @Get('forgotten-favourites')
  @Allow('listener')
  @Answers(mostPlayedPageSchema)
  async listForgotten(
    @Query({ schema: pageQuerySchema }) query: PageQuery,
    @CurrentUser() user: SignedIn,
  ): Promise<Page<MostPlayed>> {
    return this.lists.forgotten(user.userId, query, await this.libraries.of(user));
  }

  @Get('statistics/:year')
  @Allow('listener')
  @Answers(yearStatisticsSchema)
  async getYear(
    @Param('year', { schema: yearSchema }) year: number,
    @Query({ schema: yearQuerySchema }) { timeZone }: YearQuery,
    @CurrentUser() user: SignedIn,
  ): Promise<YearStatistics> {
    return this.years.of(user.userId, year, timeZone, await this.libraries.of(user));
  }
}
