import { FIRST_KBPS } from './adaptation';
import { FetchedSegments } from './fetched-segments';
import type { PlaybackStatus } from './playback-status';
import type { QueueSession } from './queue-session';

/** Which rung is heard: read off the bytes that stand at the place that sounds, timeline by timeline. */
export class HeardRung {
  #fetched = new FetchedSegments();
  #kbps: number = FIRST_KBPS;

  /** Another timeline begins, of which nothing has been fetched. */
  begin(): FetchedSegments {
    this.#fetched = new FetchedSegments();
    return this.#fetched;
  }

  get fetched(): FetchedSegments {
    return this.#fetched;
  }

  /** Of what was heard last: a load is likely to begin with as much. */
  get kbps(): number {
    return this.#kbps;
  }

  /** By the address of the bytes at this place: what was dropped for another rung is not heard. */
  of(session: QueueSession | null): NonNullable<PlaybackStatus['heard']> | null {
    const rung = session && this.#fetched.at(session.timelineSeconds);
    if (!session || !rung) return null;
    this.#kbps = rung.bitrateKbps;
    return { codec: session.grants.codec, bitrateKbps: rung.bitrateKbps };
  }
}
