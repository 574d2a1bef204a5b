import { Body, Controller, Get, Header, HttpCode, Post, Req, Res, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { Allow, SessionOnly } from '../common/access.js';
import { Answers } from '../common/api.js';
import { CurrentUser } from '../users/access.guard.js';
import { Accounts } from '../users/accounts.js';
import { deviceOf, SessionCookies } from '../users/session-cookies.js';
import type { SignedIn } from '../users/signed-in.js';
import { PersonalExport } from './personal-export.js';
import { deletionBodySchema, personalExportSchema, type DeletionBody } from './personal.dto.js';

/** Whatever is kept of a person is theirs: to take along, and to have removed. */
@ApiTags('accounts')
@Controller('api/me')
@SessionOnly()
export class PersonalController {
  constructor(
    private readonly personal: PersonalExport,
    private readonly accounts: Accounts,
    private readonly cookies: SessionCookies,
  ) {}

  @Get('export')
  @Allow('guest')
  @Answers(personalExportSchema)
  @Header('content-disposition', 'attachment; filename="kanade-export.json"')
  @Header('cache-control', 'no-store')
  export(@CurrentUser() user: SignedIn): StreamableFile {
    const text = Readable.from(this.personal.text(user.userId), { objectMode: false });
    return new StreamableFile(text, { type: 'application/json; charset=utf-8' });
  }

  /** The account and all that is kept of it, for good; the password once more, since there is no way back. */
  @Post('deletion')
  @Allow('guest')
  @HttpCode(204)
  async remove(
    @Body({ schema: deletionBodySchema }) { password }: DeletionBody,
    @CurrentUser() user: SignedIn,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.accounts.removeOwn(user, deviceOf(request).address, password);
    this.cookies.take(reply);
  }
}
