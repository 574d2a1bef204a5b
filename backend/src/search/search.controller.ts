import { Controller, Get, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { z } from 'zod';
import { Allow } from '../common/access.js';
import { Answers } from '../common/api.js';
import { DEFAULT_LIMIT } from '../common/page.js';
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
  constructor(private readonly search: SearchService) {}

  @Get()
  @Allow('listener')
  @Answers(z.union([searchAnswerSchema, searchPageSchema]))
  find(@Query({ schema: searchQuerySchema }) query: SearchQuery): Promise<SearchAnswer | SearchPage> {
    const { q, type, limit, cursor } = query;
    return type === undefined
      ? this.search.all(q, limit ?? LIMIT_A_KIND)
      : this.search.page(q, type, limit ?? DEFAULT_LIMIT, cursor);
  }
}
