import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow, OpenBeforeSetup, Public } from '../common/access.js';
import { Answers } from '../common/api.js';
import { CurrentUser } from './access.guard.js';
import { deviceOf, SessionCookies } from './session-cookies.js';
import { SessionService } from './session.service.js';
import type { SignedIn } from './signed-in.js';
import { SetupService } from './setup.service.js';
import { UserRepository } from './user.repository.js';
import {
  meSchema,
  setupBodySchema,
  setupStateSchema,
  signInBodySchema,
  signedInSchema,
  toMeDto,
} from './users.dto.js';
import type { MeDto, SetupBody, SetupStateDto, SignInBody, SignedInDto } from './users.dto.js';

@ApiTags('accounts')
@Controller('api')
export class SessionController {
  constructor(
    private readonly sessions: SessionService,
    private readonly setup: SetupService,
    private readonly cookies: SessionCookies,
    private readonly users: UserRepository,
  ) {}

  @Get('setup')
  @OpenBeforeSetup()
  @Answers(setupStateSchema)
  async setupState(): Promise<SetupStateDto> {
    return { needed: !(await this.setup.isDone()) };
  }

  @Post('setup')
  @OpenBeforeSetup()
  @Answers(signedInSchema, 201)
  async runSetup(
    @Body({ schema: setupBodySchema }) body: SetupBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInDto> {
    const user = await this.setup.run(body.username, body.password);
    this.cookies.give(reply, await this.sessions.open(user.id, deviceOf(request)));
    return { user: toMeDto(user) };
  }

  @Post('session')
  @Public()
  @HttpCode(200)
  @Answers(signedInSchema)
  async signIn(
    @Body({ schema: signInBodySchema }) body: SignInBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SignedInDto> {
    const { user, token } = await this.sessions.signIn(body.username, body.password, deviceOf(request));
    this.cookies.give(reply, token);
    return { user: toMeDto(user) };
  }

  @Delete('session')
  @Public()
  @HttpCode(204)
  async signOut(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const token = this.cookies.read(request);
    if (token !== undefined) await this.sessions.close(token);
    this.cookies.take(reply);
  }

  @Get('me')
  @Allow('guest')
  @Answers(meSchema)
  async me(@CurrentUser() { userId }: SignedIn): Promise<MeDto> {
    return toMeDto(await this.users.getById(userId));
  }
}
