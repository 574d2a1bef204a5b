import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, NeedsScope } from '../common/access.js';
import { Answers } from '../common/api.js';
import { validId } from '../common/id.js';
import { pageQuerySchema, type Page, type PageQuery } from '../common/page.js';
import { VisibleLibraries } from '../libraries/visible-libraries.js';
import { CurrentUser } from '../users/access.guard.js';
import type { SignedIn } from '../users/signed-in.js';
import {
  followedPageSchema,
  likedKindSchema,
  likedPageSchema,
  lookBodySchema,
  opinionChangeSchema,
  opinionSchema,
  opinionsSchema,
  type Followed,
  type Liked,
  type LikedKind,
  type LookBody,
  type Opinion,
  type OpinionChange,
  type Opinions,
} from './likes.dto.js';
import { LikesService } from './likes.service.js';

@ApiTags('likes')
@Controller('api/me')
export class LikesController {
  constructor(
    private readonly likes: LikesService,
    private readonly libraries: VisibleLibraries,
  ) {}

  @Put('opinions/:kind/:id')
  @Allow('listener')
  @Answers(opinionSchema)
  async change(
    @Param('kind', { schema: likedKindSchema }) kind: LikedKind,
    @Param('id') id: string,
    @Body({ schema: opinionChangeSchema }) body: OpinionChange,
    @CurrentUser() user: SignedIn,
  ): Promise<Opinion> {
    return this.likes.change(user.userId, kind, validId(id), body, await this.libraries.of(user));
  }

  /** Changes nothing: a body, since the ids of a page are too long for an address. */
  @Post('opinions/look')
  @HttpCode(200)
  @Allow('listener')
  @NeedsScope('read')
  @Answers(opinionsSchema)
  async look(
    @Body({ schema: lookBodySchema }) { kind, ids }: LookBody,
    @CurrentUser() user: SignedIn,
  ): Promise<Opinions> {
    return { items: await this.likes.look(user.userId, kind, ids) };
  }

  @Get('likes/:kind')
  @Allow('listener')
  @Answers(likedPageSchema)
  async listLikes(
    @Param('kind', { schema: likedKindSchema }) kind: LikedKind,
    @Query({ schema: pageQuerySchema }) query: PageQuery,
    @CurrentUser() user: SignedIn,
  ): Promise<Page<Liked>> {
    return this.likes.likes(user.userId, kind, query, await this.libraries.of(user));
  }

  @Get('follows')
  @Allow('listener')
  @Answers(followedPageSchema)
  async listFollows(
    @Query({ schema: pageQuerySchema }) query: PageQuery,
    @CurrentUser() user: SignedIn,
  ): Promise<Page<Followed>> {
    return this.likes.follows(user.userId, query, await this.libraries.of(user));
  }
}
