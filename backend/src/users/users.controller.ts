import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, SessionOnly } from '../common/access.js';
import { Answers } from '../common/api.js';
import { validId } from '../common/id.js';
import { pageQuerySchema, type Page, type PageQuery } from '../common/page.js';
import { CurrentUser } from './access.guard.js';
import { Accounts } from './accounts.js';
import type { SignedIn } from './signed-in.js';
import {
  accountPageSchema,
  accountSchema,
  newUserBodySchema,
  toAccountDto,
  toUserDto,
  userChangeSchema,
  userSchema,
  type AccountDto,
  type NewUserBody,
  type UserChange,
  type UserDto,
} from './users.dto.js';

@ApiTags('accounts')
@Controller('api/users')
export class UsersController {
  constructor(private readonly accounts: Accounts) {}

  @Get()
  @Allow('admin')
  @Answers(accountPageSchema)
  async list(@Query({ schema: pageQuerySchema }) query: PageQuery): Promise<Page<AccountDto>> {
    const { items, nextCursor } = await this.accounts.page(query);
    return { items: items.map(toAccountDto), nextCursor };
  }

  @Post()
  @Allow('admin')
  @SessionOnly()
  @Answers(userSchema, 201)
  async add(
    @Body({ schema: newUserBodySchema }) body: NewUserBody,
    @CurrentUser() actor: SignedIn,
  ): Promise<UserDto> {
    return toUserDto(await this.accounts.add(actor, body.username, body.password, body.role));
  }

  @Patch(':id')
  @Allow('admin')
  @SessionOnly()
  @Answers(accountSchema)
  async change(
    @Param('id') id: string,
    @Body({ schema: userChangeSchema }) body: UserChange,
    @CurrentUser() actor: SignedIn,
  ): Promise<AccountDto> {
    return toAccountDto(await this.accounts.change(actor, validId(id), body));
  }

  @Delete(':id')
  @Allow('admin')
  @HttpCode(204)
  remove(@Param('id') id: string, @CurrentUser() actor: SignedIn): Promise<void> {
    return this.accounts.remove(actor, validId(id));
  }
}
