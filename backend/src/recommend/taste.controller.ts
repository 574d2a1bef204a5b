import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../common/access.js';
import { Answers } from '../common/api.js';
import { validId } from '../common/id.js';
import { pageQuerySchema, type Page, type PageQuery } from '../common/page.js';
import { VisibleLibraries } from '../libraries/visible-libraries.js';
import { CurrentUser } from '../users/access.guard.js';
import type { SignedIn } from '../users/signed-in.js';
import { TasteBlocks } from './taste-blocks.js';
import { TasteExclusions } from './taste-exclusions.js';
import {
  blockPageSchema,
  blockSchema,
  exclusionPageSchema,
  exclusionSchema,
  newBlockSchema,
  newExclusionSchema,
  tasteChangeSchema,
  tasteSchema,
  type Block,
  type Exclusion,
  type NewBlock,
  type NewExclusion,
  type Taste,
  type TasteChange,
} from './taste.dto.js';
import { TasteService } from './taste.service.js';

@ApiTags('recommendations')
@Controller('api/me/taste')
export class TasteController {
  constructor(
    private readonly taste: TasteService,
    private readonly blocks: TasteBlocks,
    private readonly exclusions: TasteExclusions,
    private readonly libraries: VisibleLibraries,
  ) {}

  @Get()
  @Allow('listener')
  @Answers(tasteSchema)
  get(@CurrentUser() { userId }: SignedIn): Promise<Taste> {
    return this.taste.get(userId);
  }

  @Patch()
  @Allow('listener')
  @Answers(tasteSchema)
  change(
    @Body({ schema: tasteChangeSchema }) body: TasteChange,
    @CurrentUser() { userId }: SignedIn,
  ): Promise<Taste> {
    return this.taste.change(userId, body);
  }

  @Post('reset')
  @HttpCode(200)
  @Allow('listener')
  @Answers(tasteSchema)
  beginAnew(@CurrentUser() { userId }: SignedIn): Promise<Taste> {
    return this.taste.beginAnew(userId);
  }

  @Get('blocks')
  @Allow('listener')
  @Answers(blockPageSchema)
  async listBlocks(
    @Query({ schema: pageQuerySchema }) query: PageQuery,
    @CurrentUser() user: SignedIn,
  ): Promise<Page<Block>> {
    return this.blocks.list(user.userId, query, await this.libraries.of(user));
  }

  @Post('blocks')
  @Allow('listener')
  @Answers(blockSchema, 201)
  async block(
    @Body({ schema: newBlockSchema }) body: NewBlock,
    @CurrentUser() user: SignedIn,
  ): Promise<Block> {
    return this.blocks.add(user.userId, body, await this.libraries.of(user));
  }

  @Delete('blocks/:id')
  @HttpCode(204)
  @Allow('listener')
  unblock(@Param('id') id: string, @CurrentUser() { userId }: SignedIn): Promise<void> {
    return this.blocks.remove(userId, validId(id));
  }

  @Get('exclusions')
  @Allow('listener')
  @Answers(exclusionPageSchema)
  listExclusions(
    @Query({ schema: pageQuerySchema }) query: PageQuery,
    @CurrentUser() { userId }: SignedIn,
  ): Promise<Page<Exclusion>> {
    return this.exclusions.list(userId, query);
  }

  @Post('exclusions')
  @Allow('listener')
  @Answers(exclusionSchema, 201)
  exclude(
    @Body({ schema: newExclusionSchema }) body: NewExclusion,
    @CurrentUser() { userId }: SignedIn,
  ): Promise<Exclusion> {
    return this.exclusions.add(userId, body);
  }

  @Delete('exclusions/:id')
  @HttpCode(204)
  @Allow('listener')
  include(@Param('id') id: string, @CurrentUser() { userId }: SignedIn): Promise<void> {
    return this.exclusions.remove(userId, validId(id));
  }
}
