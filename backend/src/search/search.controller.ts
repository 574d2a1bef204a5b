import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../common/access.js';
import { Answers } from '../common/api.js';
import { DEFAULT_LIMIT } from '../common/page.js';
import { VisibleLibraries } from '../libraries/visible-libraries.js';
import { CurrentUser } from '../users/access.guard.js';
import type { SignedIn } from '../users/signed-in.js';
import {
  searchAnswerSchema,
  searchPageSchema,
  searchQuerySchema,
  type SearchAnswer,
  type SearchPage,
  type SearchQuery,
} from './search.dto.js';
import { SearchService } from './search.service.js';

/** Of each kind, while somebody types. */
const LIMIT_A_KIND = 8;

@ApiTags('search')
@Controller('api/search')
export class SearchController {
  constructor(
    private readonly search: SearchService,
    private readonly libraries: VisibleLibraries,
  ) {}

  @Get()
  @Allow('listener')
  @Answers(z.union([searchAnswerSchema, searchPageSchema]))
  async find(
    @Query({ schema: searchQuerySchema }) query: SearchQuery,
    @CurrentUser() user: SignedIn,
  ): Promise<SearchAnswer | SearchPage> {
    const asker = { userId: user.userId, visible: await this.libraries.of(user) };
    const { q, type, limit, cursor } = query;
    return type === undefined
      ? this.search.all(q, limit ?? LIMIT_A_KIND, asker)
      : this.search.page(q, type, limit ?? DEFAULT_LIMIT, cursor, asker);
  }
}
