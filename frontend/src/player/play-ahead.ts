import type { QueueGrant } from '../api/client';
import type { StreamCodec } from './codec-choice';
import { FirstBytes } from './first-bytes';
import type { GrantSource } from './queue-grants';

/** A grant that waited this long is asked for anew: its tracks, and the right to them, may be others by then. */
const FRESH_MS = 120_000;
/** More than a hand passes over before it presses one. */
const MOST_KEPT = 12;

interface Kept {
  readonly grant: Promise<QueueGrant>;
  readonly askedAt: number;
}

/**
 * What is likely to be played next: its grant is asked for before somebody presses play, and its first bytes are fetched,
 * which answer Shaka's requests for them. Owned by Engine, which calls `close`.
 */
export class PlayAhead {
  readonly #kept = new Map<string, Kept>();
  /** Also of what is loaded without a hint. */
  readonly first = new FirstBytes();
  #latest = '';

  constructor(private readonly ask: GrantSource) {}

  /** Grants of single tracks that were asked for ahead, and anything else from where it comes. */
  readonly grants: GrantSource = (trackIds, codec) => {
    const [trackId = ''] = trackIds;
    const kept = trackIds.length === 1 ? this.#fresh(trackId, codec) : undefined;
    // Once: who asks again has found something wrong with it.
    this.#kept.delete(`${codec} ${trackId}`);
    return kept ? kept.catch(() => this.ask(trackIds, codec)) : this.ask(trackIds, codec);
  };

  /** Never rejects. Of the bytes of several tracks only those of the last one are still fetched. */
  async prepare(trackId: string, codec: StreamCodec, bitrateKbps: number): Promise<void> {
    this.#latest = trackId;
    try {
      const [item] = (await (this.#fresh(trackId, codec) ?? this.#keep(trackId, codec))).items;
      if (item && this.#latest === trackId) this.first.fetch(item, bitrateKbps);
    } catch {
      // Whoever presses play finds out why, and is told.
    }
  }

  /** What was granted to somebody else is nobody's any more. */
  close(): void {
    this.#latest = '';
    this.first.forget();
    this.#kept.clear();
  }

  #fresh(trackId: string, codec: StreamCodec): Promise<QueueGrant> | undefined {
    const kept = this.#kept.get(`${codec} ${trackId}`);
    return kept && performance.now() - kept.askedAt < FRESH_MS ? kept.grant : undefined;
  }

  #keep(trackId: string, codec: StreamCodec): Promise<QueueGrant> {
    const key = `${codec} ${trackId}`;
    const grant = this.ask([trackId], codec);
    this.#kept.delete(key);
    this.#kept.set(key, { grant, askedAt: performance.now() });
    grant.catch(() => this.#kept.delete(key));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > MOST_KEPT && oldest !== undefined) this.#kept.delete(oldest);
    return grant;
  }
}
