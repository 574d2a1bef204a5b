import { ApiError } from '../api/api-error';
import { api, body } from '../api/client';
import type { Outbox } from './outbox';

/** A request that outlives its page may hold 64 kB: so many events fit. */
const MOST_AT_ONCE = 100;
const AGAIN_AFTER_MS = 60_000;

/** Takes what waits to the server: after each track, when the network is back, once a minute until all is taken. */
export class PlaySender {
  #again: ReturnType<typeof setTimeout> | undefined;
  #sending = false;
  #closed = false;

  constructor(private readonly outbox: Outbox) {}

  connect(): () => void {
    const online = (): void => void this.send();
    addEventListener('online', online);
    void this.send();
    return () => {
      this.#closed = true;
      clearTimeout(this.#again);
      removeEventListener('online', online);
    };
  }

  /** Never rejects: what was not taken waits on. */
  async send(): Promise<void> {
    if (this.#sending) return;
    this.#sending = true;
    clearTimeout(this.#again);
    const isEmpty = await this.#sendAll().catch(() => false);
    this.#sending = false;
    if (!isEmpty && !this.#closed) this.#again = setTimeout(() => void this.send(), AGAIN_AFTER_MS);
  }

  /** @returns whether nothing waits any more */
  async #sendAll(): Promise<boolean> {
    this.outbox.adopt(Date.now());
    for (;;) {
      const events = this.outbox.waiting(MOST_AT_ONCE);
      if (events.length === 0) return true;
      try {
        const receipt = await body(api.POST('/api/plays', { body: events, keepalive: true }));
        const judged = [receipt.accepted, receipt.duplicates, receipt.rejected.map(({ id }) => id)].flat();
        if (judged.length === 0) return false;
        this.outbox.take(judged);
      } catch (error) {
        // Not events, whoever wrote them there: they would be refused for ever, and all that come after them.
        if (!(error instanceof ApiError) || error.status !== 400) return false;
        this.outbox.take(events.map(({ id }) => id));
      }
    }
  }
}
