import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { log } from '../common/log.js';
import { Notifier } from '../database/notifier.js';
import type { LibraryStatus } from './library.dto.js';
import { LibraryStatusService } from './library-status.service.js';

const LEAST_GAP_MS = 500;
/** Counting a million rows takes a while: it may cost at most a twentieth of the time. */
const SHARE = 20;
/** A notification has at most 8,000 bytes. */
const LARGEST_EVENT = 7000;

/** Pure: the status as an event: as much as fits of what could not be taken, the rest is asked for. */
export const toEvent = (status: LibraryStatus): LibraryStatus => {
  let rejections = status.rejections.slice(0, 20);
  let warnings = status.warnings.slice(0, 5);
  let unreadable = status.unreadable.slice(0, 5);
  const cut = (): LibraryStatus => ({ ...status, rejections, warnings, unreadable });
  while (Buffer.byteLength(JSON.stringify(cut())) > LARGEST_EVENT) {
    if (rejections.length > 0) rejections = rejections.slice(0, -1);
    else if (warnings.length > 0) warnings = warnings.slice(0, -1);
    else if (unreadable.length > 0) unreadable = unreadable.slice(0, -1);
    else break;
  }
  return cut();
};

/** Tells everybody how the libraries stand, not more often than it is worth. */
@Injectable()
export class LibraryProgress implements OnModuleDestroy {
  private timer: NodeJS.Timeout | null = null;
  private nextAt = 0;
  private again = false;
  private sending = false;
  private last = '';

  constructor(
    private readonly statuses: LibraryStatusService,
    private readonly notifier: Notifier,
  ) {}

  /** Something changed; whoever watches is told soon. */
  changed(): void {
    if (this.sending) this.again = true;
    if (this.timer !== null || this.sending || this.nextAt === Infinity) return;
    this.timer = setTimeout(
      () => {
        this.timer = null;
        void this.send();
      },
      Math.max(0, this.nextAt - performance.now()),
    );
  }

  onModuleDestroy(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.nextAt = Infinity;
  }

  private async send(): Promise<void> {
    this.sending = true;
    const startedAt = performance.now();
    try {
      const event = toEvent(await this.statuses.status());
      const text = JSON.stringify(event);
      if (text !== this.last) {
        this.last = text;
        await this.notifier.publish('kanade_library', event);
        await this.notifier.publish('kanade_catalog', { revision: startedAt });
      }
    } catch (error) {
      log.debug({ err: error }, 'progress could not be told');
    }
    const endedAt = performance.now();
    this.nextAt = Math.max(this.nextAt, endedAt + Math.max(LEAST_GAP_MS, (endedAt - startedAt) * SHARE));
    this.sending = false;
    if (this.again && this.nextAt !== Infinity) {
      this.again = false;
      this.changed();
    }
  }
}
