import { Controller, Sse, type MessageEvent } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Observable } from 'rxjs';
import { Allow } from '../common/access.js';
import { VisibleLibraries } from '../libraries/visible-libraries.js';
import { CurrentUser } from '../users/access.guard.js';
import type { SignedIn } from '../users/signed-in.js';
import { EventsService } from './events.service.js';

@ApiTags('service')
@Controller('api/events')
export class EventsController {
  constructor(
    private readonly events: EventsService,
    private readonly libraries: VisibleLibraries,
  ) {}

  @Sse()
  @Allow('listener')
  async stream(@CurrentUser() user: SignedIn): Promise<Observable<MessageEvent>> {
    return this.events.stream((await this.libraries.of(user)) === null);
  }
}
