import {
  Injectable,
  type MessageEvent,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import {
  Observable,
  Subject,
  concatMap,
  exhaustMap,
  filter,
  interval,
  map,
  merge,
  share,
  takeUntil,
} from 'rxjs';
import { z } from 'zod';
import { errorMessage } from '../common/error-code.js';
import { log } from '../common/log.js';
import { Database } from '../database/database.js';
import { Notifier, type Channel } from '../database/notifier.js';
import type { Visible } from '../libraries/seen.js';
import type { EventRights } from './event-rights.js';

/** The server-sent event that each channel becomes. */
const EVENTS = {
  kanade_library: 'library',
  kanade_catalog: 'catalog',
  kanade_encode: 'encode',
} as const satisfies Partial<Record<Channel, string>>;

const CHANNELS: readonly (keyof typeof EVENTS)[] = ['kanade_library', 'kanade_catalog', 'kanade_encode'];

/** Proxies close a silent connection after a minute or so; and no right may outlive its end by a minute. */
const KEEP_ALIVE_MS = 25_000;

const ended = z.object({ holder: z.string() });
const ofTrack = z.object({ trackId: z.uuid() });

/** An event, and the library that it is about: undefined where it is about none, null where that cannot be told. */
interface Placed {
  readonly message: MessageEvent;
  readonly libraryId: string | null | undefined;
}

/** One subscription to the database for all listeners of this process. */
@Injectable()
export class EventsService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly messages = new Subject<MessageEvent>();
  /** By whose name rights have ended; undefined: anybody's may have. */
  private readonly revoked = new Subject<string | undefined>();
  private readonly stopped = new Subject<void>();
  /** Looked up once for all, and only while somebody listens who does not see every library. */
  private readonly placed = this.messages.pipe(
    concatMap((message) => this.place(message)),
    share(),
  );

  constructor(
    private readonly notifier: Notifier,
    private readonly db: Database,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    for (const channel of CHANNELS)
      await this.notifier.subscribe(channel, (payload) =>
        this.messages.next({ type: EVENTS[channel], data: toData(payload) }),
      );
    await this.notifier.subscribe('kanade_revoked', (payload) =>
      this.revoked.next(ended.safeParse(payload).data?.holder),
    );
  }

  onModuleDestroy(): void {
    this.endAll();
  }

  endAll(): void {
    this.stopped.next();
  }

  /** Ends when its listener's rights are others than they were: pages then come back with those that they have. */
  stream(rights: EventRights): Observable<MessageEvent> {
    const alive = interval(KEEP_ALIVE_MS);
    const changed = merge(alive, this.revoked.pipe(filter((holder) => rights.concernedBy(holder)))).pipe(
      exhaustMap(() => rights.hold()),
      filter((isSo) => !isSo),
    );
    const keepAlive = alive.pipe(map(() => ({ type: 'ping', data: '' })));
    return merge(this.toldTo(rights.visible), keepAlive).pipe(takeUntil(merge(changed, this.stopped)));
  }

  /** How all libraries stand is told to those who see all of them; the others ask for their own. */
  private toldTo(visible: Visible): Observable<MessageEvent> {
    if (visible === null) return this.messages;
    return this.placed.pipe(
      filter(
        ({ message, libraryId }) =>
          message.type !== EVENTS.kanade_library &&
          (libraryId === undefined || (libraryId !== null && visible.includes(libraryId))),
      ),
      map(({ message }) => message),
    );
  }

  private async place(message: MessageEvent): Promise<Placed> {
    if (message.type !== EVENTS.kanade_encode) return { message, libraryId: undefined };
    try {
      const row = await this.db.first<{ libraryId: string }>(
        'SELECT library_id AS "libraryId" FROM tracks WHERE id = $1',
        [ofTrack.parse(message.data).trackId],
      );
      return { message, libraryId: row?.libraryId ?? null };
    } catch (error) {
      log.debug({ error: errorMessage(error) }, 'nobody can tell which library an event is about');
      return { message, libraryId: null };
    }
  }
}

const toData = (payload: unknown): string | object =>
  typeof payload === 'object' && payload !== null ? payload : String(payload);
