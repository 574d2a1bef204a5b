import type shaka from 'shaka-player/dist/shaka-player.dash-es2021';
import {
  failedAddressOf,
  failedRungOf,
  failedTrackOf,
  httpStatusOf,
  isCritical,
  isUnanswered,
} from './failure';
import { BROWSER, outlast } from './outage';
import type { QueueSession } from './queue-session';

/** One timeline in play, as whoever began it sees it. */
export interface Load {
  readonly session: QueueSession;
  readonly player: shaka.Player;
  /** Until then the load itself rejects, where it cannot come about. */
  readonly isLoaded: () => boolean;
  readonly fail: (error: unknown) => void;
}

/**
 * What outlasts a failure: waits for a server that is away, renews what ran out, and plays around what cannot be had.
 * Made for each load by Engine, which calls `close`.
 */
export class Recovery {
  #outage: AbortController | null = null;
  #renewal: 'none yet' | 'under way' | 'done' = 'none yet';
  #closed = false;

  constructor(private readonly load: Load) {}

  close(): void {
    this.#closed = true;
    this.#outage?.abort();
  }

  onError(error: unknown): void {
    if (isUnanswered(error)) void this.#outlast(error);
    else this.#giveWay(error);
  }

  /** The server may be away: what is buffered plays on, and as soon as it answers again the rest is fetched. */
  async #outlast(error: unknown): Promise<void> {
    if (this.#outage) return;
    const { session, fail } = this.load;
    const outage = (this.#outage = new AbortController());
    const bufferedAheadSeconds = () => session.bufferedAheadSeconds;
    const ending = await outlast({ ...BROWSER, bufferedAheadSeconds }, outage.signal);
    if (ending === 'was stopped') return;
    this.#outage = null;
    if (ending === 'is back') session.retry();
    else if (ending === 'was reachable') this.#giveWay(error);
    else fail(error);
  }

  /** What cannot be had is played otherwise, or passed over; where neither helps it fails aloud. */
  #giveWay(error: unknown): void {
    const { session, player, isLoaded, fail } = this.load;
    if (httpStatusOf(error) === 403 && this.#renew(failedAddressOf(error))) return;
    const rung = failedRungOf(error);
    const trackId = failedTrackOf(error);
    if ((rung && session.dropRung(rung)) || (trackId !== null && session.cutBefore(trackId)))
      player.retryStreaming();
    else if (isCritical(error) && isLoaded()) fail(error);
  }

  /**
   * A signature that ran out while the machine slept: fetch a new one and go on, once a load. Init part and segment
   * fail together, each aloud. @returns false when a new signature is no help
   */
  #renew(address: string | null): boolean {
    const { session, fail } = this.load;
    if (address !== null && session.grants.isOutdated(address)) {
      session.retry();
      return true;
    }
    if (this.#renewal !== 'none yet') return this.#renewal === 'under way';
    this.#renewal = 'under way';
    session.grants
      .renewNow()
      .then(
        () => session.retry(),
        (cause: unknown) => {
          if (!this.#closed) fail(cause);
        },
      )
      .finally(() => (this.#renewal = 'done'));
    return true;
  }
}
