import { Controller, Req, Sse, type MessageEvent } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import { Allow } from '../common/access.js';
import { CurrentUser } from '../users/access.guard.js';
import type { SignedIn } from '../users/signed-in.js';
import { EventRightsReader } from './event-rights.js';
import { EventsService } from './events.service.js';

@ApiTags('service')
@Controller('api/events')
export class EventsController {
  constructor(
    private readonly events: EventsService,
    private readonly rights: EventRightsReader,
  ) {}

  @Sse()
  @Allow('listener')
  async stream(
    @CurrentUser() user: SignedIn,
    @Req() request: FastifyRequest,
  ): Promise<Observable<MessageEvent>> {
    return this.events.stream(await this.rights.of(user, request));
  }
}
