import { Body, Controller, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../common/access.js';
import { Answers } from '../common/api.js';
import { hashPassword } from './passwords.js';
import { UserRepository } from './user.repository.js';
import { newUserBodySchema, toUserDto, userSchema, type NewUserBody, type UserDto } from './users.dto.js';

@ApiTags('accounts')
@Controller('api/users')
export class UsersController {
  constructor(private readonly users: UserRepository) {}

  @Post()
  @Allow('admin')
  @Answers(userSchema, 201)
  async add(@Body({ schema: newUserBodySchema }) body: NewUserBody): Promise<UserDto> {
    return toUserDto(await this.users.add(body.username, await hashPassword(body.password), body.role));
  }
}
