import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow, SessionOnly } from '../common/access.js';
import { Answers } from '../common/api.js';
import { validId } from '../common/id.js';
import { CurrentUser } from './access.guard.js';
import { ApiKeys } from './api-keys.js';
import {
  keysSchema,
  madeKeySchema,
  newKeyBodySchema,
  toKeyDto,
  type KeysDto,
  type MadeKeyDto,
  type NewKeyBody,
} from './keys.dto.js';
import type { SignedIn } from './signed-in.js';

@ApiTags('accounts')
@Controller('api/me/keys')
@SessionOnly()
export class KeysController {
  constructor(private readonly keys: ApiKeys) {}

  @Get()
  @Allow('guest')
  @Answers(keysSchema)
  async list(@CurrentUser() user: SignedIn): Promise<KeysDto> {
    return { items: (await this.keys.list(user.userId)).map(toKeyDto) };
  }

  @Post()
  @Allow('guest')
  @Answers(madeKeySchema, 201)
  async make(
    @Body({ schema: newKeyBodySchema }) body: NewKeyBody,
    @CurrentUser() user: SignedIn,
  ): Promise<MadeKeyDto> {
    const { row, key } = await this.keys.make(user.userId, body);
    return { ...toKeyDto(row), key };
  }

  @Delete(':id')
  @Allow('guest')
  @HttpCode(204)
  revoke(@Param('id') id: string, @CurrentUser() user: SignedIn): Promise<void> {
    return this.keys.revoke(user.userId, validId(id));
  }
}
