import { TYPES } from '../player/codec-choice';
import type { HeardRung } from '../player/playback-status';
import { APPEND_WINDOW_FUDGE_SECONDS, plannedSegments } from '../player/queue-references';
import { endSeconds, type PlacedItem } from '../player/queue-timeline';

const opened = (source: MediaSource): Promise<void> =>
  new Promise((resolve) => source.addEventListener('sourceopen', () => resolve(), { once: true }));

const appended = async (buffer: SourceBuffer, bytes: ArrayBuffer): Promise<void> => {
  const done = new Promise<void>((resolve, reject) => {
    buffer.addEventListener('updateend', () => resolve(), { once: true });
    buffer.addEventListener('error', () => reject(new Error('a part could not be appended')), { once: true });
  });
  buffer.appendBuffer(bytes);
  await done;
};

/**
 * The end of a track in an element of its own, at the track's own times, from the same bytes that were heard until
 * then. Lives as long as an overlap; whoever makes it calls `end`.
 */
export class Tail {
  readonly audio = document.createElement('audio');
  readonly #source = new MediaSource();
  readonly #url = URL.createObjectURL(this.#source);
  readonly #stopped = new AbortController();

  constructor(
    private readonly placed: PlacedItem,
    private readonly heard: HeardRung,
    private readonly signed: (uri: string) => string,
  ) {
    this.audio.preload = 'auto';
    this.audio.dataset.tail = '';
    document.body.append(this.audio);
    this.audio.src = this.#url;
  }

  /** Fetches what sounds from there on. @throws when a part cannot be had */
  async fetchFrom(seconds: number): Promise<void> {
    await opened(this.#source);
    const segments = plannedSegments({ ...this.placed, startSeconds: 0 }, this.heard.bitrateKbps);
    const wanted = segments.filter((segment) => segment.endSeconds > seconds);
    const [first] = wanted;
    if (!first) throw new Error('nothing of the track is left');
    const buffer = this.#source.addSourceBuffer(TYPES[this.heard.codec]);
    await appended(buffer, await this.#bytes(first.initUri));
    for (const segment of wanted) {
      buffer.timestampOffset = segment.timestampOffsetSeconds;
      buffer.appendWindowEnd = segment.appendWindowEndSeconds + APPEND_WINDOW_FUDGE_SECONDS;
      await appended(buffer, await this.#bytes(segment.uri));
    }
    this.#source.endOfStream();
  }

  get endsAtSeconds(): number {
    return endSeconds({ ...this.placed, startSeconds: 0 });
  }

  end(): void {
    this.#stopped.abort();
    this.audio.pause();
    this.audio.removeAttribute('src');
    this.audio.load();
    this.audio.remove();
    URL.revokeObjectURL(this.#url);
  }

  async #bytes(uri: string): Promise<ArrayBuffer> {
    const answer = await fetch(this.signed(uri), { signal: this.#stopped.signal });
    if (!answer.ok) throw new Error(`${answer.status} for a part of a track that ends`);
    return answer.arrayBuffer();
  }
}
