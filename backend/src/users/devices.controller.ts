import { Body, Controller, Delete, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Allow, SessionOnly } from '../common/access.js';
import { Answers } from '../common/api.js';
import { validId } from '../common/id.js';
import { CurrentUser } from './access.guard.js';
import { Accounts } from './accounts.js';
import { devicesSchema, toDeviceDto, type DevicesDto } from './devices.dto.js';
import { deviceOf, SessionCookies } from './session-cookies.js';
import { SessionService } from './session.service.js';
import type { SignedIn } from './signed-in.js';
import { passwordBodySchema, type PasswordBody } from './users.dto.js';

/** What somebody does with their own ways in. */
@ApiTags('accounts')
@Controller('api/me')
@SessionOnly()
export class DevicesController {
  constructor(
    private readonly sessions: SessionService,
    private readonly accounts: Accounts,
    private readonly cookies: SessionCookies,
  ) {}

  @Get('devices')
  @Allow('guest')
  @Answers(devicesSchema)
  async list(@CurrentUser() user: SignedIn): Promise<DevicesDto> {
    const sessions = await this.sessions.list(user.userId);
    return { items: sessions.map((session) => toDeviceDto(session, user.credentialId)) };
  }

  /** All but the one that asks. */
  @Delete('devices')
  @Allow('guest')
  @HttpCode(204)
  revokeOthers(@CurrentUser() user: SignedIn): Promise<void> {
    return this.sessions.revokeOthers(user.userId, user.credentialId);
  }

  @Delete('devices/:id')
  @Allow('guest')
  @HttpCode(204)
  revoke(@Param('id') id: string, @CurrentUser() user: SignedIn): Promise<void> {
    return this.sessions.revoke(user.userId, validId(id));
  }

  /** Signs every device out and removes every key; this device is given a new session. */
  @Post('password')
  @Allow('guest')
  @HttpCode(204)
  async changePassword(
    @Body({ schema: passwordBodySchema }) body: PasswordBody,
    @CurrentUser() user: SignedIn,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const device = deviceOf(request);
    await this.accounts.changePassword(user, device.address, body.currentPassword, body.newPassword);
    this.cookies.give(reply, await this.sessions.open(user.userId, device));
  }
}
