import { Damage } from './damage';
import {
  failedAddressOf,
  failedRungOf,
  failedTrackOf,
  httpStatusOf,
  isCritical,
  isDamage,
  isUnanswered,
  type FailedRung,
} from './failure';
import type { FetchedSegments } from './fetched-segments';
import { BROWSER, outlast } from './outage';
import type { QueueSession } from './queue-session';
import type { SegmentPlace, Stage } from './stage';

/** One timeline in play, as whoever began it sees it. */
export interface Load {
  readonly session: QueueSession;
  readonly stage: Stage;
  readonly fetched: FetchedSegments;
  /** Until then the load itself rejects, where it cannot come about. */
  readonly isLoaded: () => boolean;
  /** A new timeline takes the place of this one, where this one stands. */
  readonly beginAnew: () => void;
  /** A part of the track that is on its way will not be heard. */
  readonly onHole: (trackId: string) => void;
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
  readonly #damage: Damage;

  constructor(private readonly load: Load) {
    this.#damage = new Damage(load.session, load.stage.audio, load.fetched);
  }

  close(): void {
    this.#closed = true;
    this.#outage?.abort();
  }

  onAppended(place: SegmentPlace): void {
    const rung = this.#damage.swallowed(place);
    // Shaka tells of it in the middle of its own work, and would clear what it is about to go on with.
    if (rung) setTimeout(() => this.#fill(rung));
  }

  onError(error: unknown): void {
    if (this.#closed) return;
    if (isDamage(error)) this.#leaveBehind(error);
    else if (isUnanswered(error)) void this.#outlast(error);
    else this.#giveWay(error);
  }

  /** Without another rung it stays a hole, and Shaka seeks over it. */
  #fill(rung: FailedRung): void {
    if (!this.#closed && !this.load.session.dropRung(rung)) this.load.onHole(rung.trackId);
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
    const { session, stage, isLoaded, fail } = this.load;
    if (httpStatusOf(error) === 403 && this.#renew(failedAddressOf(error))) return;
    const rung = failedRungOf(error);
    const trackId = failedTrackOf(error);
    if ((rung && session.dropRung(rung)) || (trackId !== null && session.cutBefore(trackId)))
      stage.player.retryStreaming();
    else if (isCritical(error) && isLoaded()) fail(error);
  }

  /** Bytes that cannot be decoded end all that was buffered: a new timeline begins where this one stands, without them. */
  #leaveBehind(error: unknown): void {
    const { session, beginAnew, fail } = this.load;
    const rung = this.#damage.culpritOf(error);
    if (rung && session.loseRung(rung)) beginAnew();
    else fail(error);
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
