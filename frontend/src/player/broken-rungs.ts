import type { GrantedItem } from './queue-timeline';

/** As long as an encoder that failed rests on the server. */
const REST_MS = 60_000;

/** Rungs of tracks that could not be had a moment ago: others play in their place. Outlives the timelines. */
export class BrokenRungs {
  /** By track, then by bitrate: when it failed. */
  readonly #failed = new Map<string, Map<number, number>>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** @returns whether another rung of the item is left to play */
  drop(item: GrantedItem, bitrateKbps: number): boolean {
    const failed = this.#failed.get(item.trackId) ?? new Map<number, number>();
    this.#failed.set(item.trackId, failed.set(bitrateKbps, this.now()));
    return this.#sound(item).length > 0;
  }

  /** The item without what failed; with all of it where nothing else is left, for then it has to fail aloud. */
  without(item: GrantedItem): GrantedItem {
    const sound = this.#sound(item);
    return sound.length === 0 || sound.length === item.rungs.length ? item : { ...item, rungs: sound };
  }

  /** Whether it would be laid otherwise by now. */
  isOutdated(item: GrantedItem): boolean {
    return this.without(item) !== item;
  }

  /** None of its rungs could be had a moment ago. */
  isExhausted(item: GrantedItem): boolean {
    return this.#sound(item).length === 0;
  }

  #sound({ trackId, rungs }: GrantedItem): GrantedItem['rungs'] {
    const failed = this.#failed.get(trackId);
    if (!failed) return rungs;
    return rungs.filter(({ bitrateKbps }) => this.now() - (failed.get(bitrateKbps) ?? -REST_MS) >= REST_MS);
  }
}
