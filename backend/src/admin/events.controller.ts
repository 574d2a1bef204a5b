import { Controller, Sse, type MessageEvent } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Observable } from 'rxjs';
import { Allow } from '../common/access.js';
import { EventsService } from './events.service.js';

@ApiTags('service')
@Controller('api/events')
export class EventsController {
  constructor(private readonly events: EventsService) {}

  @Sse()
  @Allow('listener')
  stream(): Observable<MessageEvent> {
    return this.events.stream();
  }
}
