import {
  Injectable,
  type MessageEvent,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { Observable, Subject, filter, interval, map, merge, takeUntil } from 'rxjs';
import { Notifier, type Channel } from '../database/notifier.js';

/** The server-sent event that each channel becomes. */
const EVENTS = {
  kanade_library: 'library',
  kanade_catalog: 'catalog',
  kanade_encode: 'encode',
} as const satisfies Partial<Record<Channel, string>>;

const CHANNELS: readonly (keyof typeof EVENTS)[] = ['kanade_library', 'kanade_catalog', 'kanade_encode'];

/** Proxies close a silent connection after a minute or so. */
const KEEP_ALIVE_MS = 25_000;

/** One subscription to the database for all listeners of this process. */
@Injectable()
export class EventsService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly messages = new Subject<MessageEvent>();
  private readonly stopped = new Subject<void>();

  constructor(private readonly notifier: Notifier) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const channel of CHANNELS)
      await this.notifier.subscribe(channel, (payload) =>
        this.messages.next({ type: EVENTS[channel], data: toData(payload) }),
      );
  }

  onModuleDestroy(): void {
    this.endAll();
  }

  endAll(): void {
    this.stopped.next();
  }

  /** How all libraries stand is told to those who see all of them; the others ask for their own. */
  stream(seesAll: boolean): Observable<MessageEvent> {
    const keepAlive = interval(KEEP_ALIVE_MS).pipe(map(() => ({ type: 'ping', data: '' })));
    const told = this.messages.pipe(filter(({ type }) => seesAll || type !== EVENTS.kanade_library));
    return merge(told, keepAlive).pipe(takeUntil(this.stopped));
  }
}

const toData = (payload: unknown): string | object =>
  typeof payload === 'object' && payload !== null ? payload : String(payload);
