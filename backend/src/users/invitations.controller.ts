import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow, Public, SessionOnly } from '../common/access.js';
import { Answers } from '../common/api.js';
import { validId } from '../common/id.js';
import { pageQuerySchema, type Page, type PageQuery } from '../common/page.js';
import { CurrentUser } from './access.guard.js';
import { Invitations } from './invitations.js';
import {
  acceptBodySchema,
  invitationPageSchema,
  madeInvitationSchema,
  newInvitationBodySchema,
  openInvitationSchema,
  toInvitationDto,
  tokenBodySchema,
  type AcceptBody,
  type InvitationDto,
  type MadeInvitationDto,
  type NewInvitationBody,
  type OpenInvitationDto,
  type TokenBody,
} from './invitations.dto.js';
import { deviceOf, SessionCookies } from './session-cookies.js';
import { SessionService } from './session.service.js';
import type { SignedIn } from './signed-in.js';
import { signedInSchema, toMeDto, type SignedInDto } from './users.dto.js';

@ApiTags('accounts')
@Controller('api/invitations')
export class InvitationsController {
  constructor(
    private readonly invitations: Invitations,
    private readonly sessions: SessionService,
    private readonly cookies: SessionCookies,
  ) {}

  @Get()
  @Allow('admin')
  @Answers(invitationPageSchema)
  async list(@Query({ schema: pageQuerySchema }) query: PageQuery): Promise<Page<InvitationDto>> {
    const { items, nextCursor } = await this.invitations.page(query);
    return { items: items.map(toInvitationDto), nextCursor };
  }

  @Post()
  @Allow('admin')
  @SessionOnly()
  @Answers(madeInvitationSchema, 201)
  async make(
    @Body({ schema: newInvitationBodySchema }) body: NewInvitationBody,
    @CurrentUser() actor: SignedIn,
  ): Promise<MadeInvitationDto> {
    const { row, token } = await this.invitations.make(actor, body);
    return { ...toInvitationDto(row), token };
  }

  @Delete(':id')
  @Allow('admin')
  @HttpCode(204)
  withdraw(@Param('id') id: string, @CurrentUser() actor: SignedIn): Promise<void> {
    return this.invitations.withdraw(actor, validId(id));
  }

  /** By POST: a token in an address would stand in the logs of every proxy. */
  @Post('look')
  @Public()
  @HttpCode(200)
  @Answers(openInvitationSchema)
  async look(@Body({ schema: tokenBodySchema }) { token }: TokenBody): Promise<OpenInvitationDto> {
    const { role, expiresAt } = await this.invitations.look(token);
    return { role, expiresAt: expiresAt.toISOString() };
  }

  @Post('accept')
  @Public()
  @Answers(signedInSchema, 201)
  async accept(
    @Body({ schema: acceptBodySchema }) { token, username, password }: AcceptBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInDto> {
    const user = await this.invitations.accept(token, username, password);
    this.cookies.give(reply, await this.sessions.open(user.id, deviceOf(request)));
    return { user: toMeDto(user) };
  }
}
