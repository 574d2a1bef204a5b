import { NextOriginal, originalAddress } from './next-original';
import type { QueueItem } from './queue-reducer';

/** Before its end the track that follows is fetched. */
const PREPARE_SECONDS = 30;

/**
 * Where the browser has no Media Source the original files play as they came, one track at a time. Owned by Engine, which
 * says when, and calls `clear`.
 */
export class OneByOne {
  readonly #next = new NextOriginal();

  constructor(private readonly audio: HTMLAudioElement) {}

  /** Lays a track on the element, unless something else has been asked for while its address was. */
  async lay(trackId: string, isWanted: () => boolean): Promise<void> {
    const address = this.#next.take(trackId) ?? (await originalAddress(trackId));
    if (isWanted()) this.audio.src = address;
  }

  /** With every tick of the track that sounds. */
  tick(next: QueueItem | undefined): void {
    if (next && this.audio.duration - this.audio.currentTime < PREPARE_SECONDS)
      this.#next.prepare(next.track.id);
  }

  clear(): void {
    this.#next.clear();
  }
}
