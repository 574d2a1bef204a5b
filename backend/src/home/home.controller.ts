import { Controller, Get } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Allow } from '../common/access.js';
import { Answers } from '../common/api.js';
import { VisibleLibraries } from '../libraries/visible-libraries.js';
import { CurrentUser } from '../users/access.guard.js';
import type { SignedIn } from '../users/signed-in.js';
import { homeSchema, type Home } from './home.dto.js';
import { HomeService } from './home.service.js';

@ApiTags('home')
@Controller('api/home')
export class HomeController {
  constructor(
    private readonly home: HomeService,
    private readonly libraries: VisibleLibraries,
  ) {}

  @Get()
  @Allow('listener')
  @Answers(homeSchema)
  async get(@CurrentUser() user: SignedIn): Promise<Home> {
    return this.home.of(user.userId, await this.libraries.of(user));
  }
}
