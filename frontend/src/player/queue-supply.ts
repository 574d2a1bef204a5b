import type { BrokenRungs } from './broken-rungs';
import type { QueueGrants } from './queue-grants';
import type { GrantedItem } from './queue-timeline';

const RETRY_MS = 15_000;

/**
 * What can be had of the tracks that are wanted: asks for their grants, and knows what of them failed. Owned by
 * QueueSession, which calls `close`.
 */
export class QueueSupply {
  #wanted: readonly string[] = [];
  readonly #asked = new Set<string>();
  /** Not granted when they were last asked for. */
  readonly #refused = new Set<string>();
  /** Tracks with a segment that the server refused. */
  readonly #broken = new Set<string>();
  #retry: ReturnType<typeof setTimeout> | undefined;
  #closed = false;

  constructor(
    readonly grants: QueueGrants,
    private readonly brokenRungs: BrokenRungs,
    /** More, or less, can be had than before. */
    private readonly onAnswer: () => void,
  ) {}

  close(): void {
    this.#closed = true;
    clearTimeout(this.#retry);
    this.grants.close();
  }

  /** Asks for what is not granted yet. */
  want(trackIds: readonly string[]): void {
    this.#wanted = trackIds;
    const [next, ...rest] = [...new Set(trackIds)].filter(
      (id) => !this.grants.find(id) && !this.#asked.has(id) && !this.#refused.has(id),
    );
    if (next === undefined) return;
    // The next one alone as well: one track of the rest that is not ready must not cost its join.
    this.#ask([next]);
    if (rest.length > 0) this.#ask(rest);
  }

  /** Whatever is left of a track whose turn it is: with all of it gone it has to fail aloud. */
  first(trackId: string): GrantedItem | undefined {
    const item = this.grants.find(trackId);
    return item && this.brokenRungs.without(item);
  }

  /** As it can be had by now. */
  find(trackId: string): GrantedItem | undefined {
    const item = this.isBroken(trackId) ? undefined : this.grants.find(trackId);
    return item && this.brokenRungs.without(item);
  }

  /** Its turn comes by a load of its own, which can fail aloud. */
  isBroken(trackId: string): boolean {
    const item = this.grants.find(trackId);
    return this.#broken.has(trackId) || (item !== undefined && this.brokenRungs.isExhausted(item));
  }

  isComing(trackId: string): boolean {
    return !this.isBroken(trackId) && !this.#refused.has(trackId);
  }

  /** Whether it would be laid otherwise by now. */
  isOutdated(item: GrantedItem): boolean {
    return this.brokenRungs.isOutdated(item);
  }

  /** @returns whether another rung of the track is left */
  dropRung(trackId: string, bitrateKbps: number): boolean {
    const item = this.grants.find(trackId);
    return item !== undefined && this.brokenRungs.drop(item, bitrateKbps);
  }

  dropTrack(trackId: string): void {
    this.#broken.add(trackId);
  }

  #ask(trackIds: readonly string[]): void {
    for (const id of trackIds) this.#asked.add(id);
    // Of a queue that is kept in part, what is not there may be all that is refused.
    const answered = (): void => {
      const refused = trackIds.filter((id) => !this.grants.find(id));
      for (const id of trackIds) this.#asked.delete(id);
      for (const id of refused) this.#refused.add(id);
      this.onAnswer();
      if (refused.length === 0 || this.#closed) return;
      clearTimeout(this.#retry);
      this.#retry = setTimeout(() => this.#askAgain(), RETRY_MS);
    };
    this.grants.open(trackIds).then(answered, answered);
  }

  #askAgain(): void {
    this.#refused.clear();
    this.onAnswer();
    this.want(this.#wanted);
  }
}
