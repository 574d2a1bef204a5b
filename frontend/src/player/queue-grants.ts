import { api, body, type QueueGrant } from '../api/client';
import type { StreamCodec } from './codec-choice';
import { renewalDelayMs, withNewestSignature } from './grant';
import type { GrantedItem } from './queue-timeline';

/** The most that the server grants at once. */
const MOST_IDS = 100;
const RETRY_MS = 15_000;

/** Who grants a queue: the listener's account, or a share that somebody opened. */
export type GrantSource = (
  trackIds: readonly string[],
  codec: StreamCodec,
  /** What stands on the timeline of them already. */
  standing?: (trackId: string) => GrantedItem | undefined,
) => Promise<QueueGrant>;

export const accountGrants: GrantSource = (trackIds, codec) =>
  body(api.POST('/api/playback', { body: { trackIds: [...trackIds], codec } }));

/**
 * What the server granted for the tracks on the timeline, renewed before it runs out. An item stays as it was first
 * granted, so that the timeline in play holds; only its signature is replaced, as each request is sent.
 */
export class QueueGrants {
  readonly #items = new Map<string, GrantedItem>();
  readonly #newest = new Map<string, string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;

  constructor(
    readonly codec: StreamCodec,
    private readonly ask: GrantSource,
  ) {}

  find(trackId: string): GrantedItem | undefined {
    return this.#items.get(trackId);
  }

  /** @throws ApiError when one of them cannot be played: a queue is granted whole or not at all */
  async open(trackIds: readonly string[]): Promise<void> {
    const missing = [...new Set(trackIds)].filter((id) => !this.#items.has(id)).slice(0, MOST_IDS);
    if (missing.length > 0) await this.#fetch(missing);
  }

  /** What no longer stands on the timeline is neither renewed nor remembered. */
  keepOnly(trackIds: ReadonlySet<string>): void {
    for (const id of [...this.#items.keys()])
      if (!trackIds.has(id)) {
        this.#items.delete(id);
        this.#newest.delete(id);
      }
  }

  close(): void {
    this.#turn += 1;
    clearTimeout(this.#timer);
    this.#items.clear();
    this.#newest.clear();
  }

  /** Also for signatures that ran out before their renewal could run (a machine that slept). */
  async renewNow(): Promise<void> {
    const ids = [...this.#items.keys()];
    const turn = this.#turn;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    try {
      await this.#fetch(ids.slice(0, MOST_IDS));
    } catch (error) {
      // One track that is gone refuses them all: then each for itself, and any one that is granted will do.
      const each = await Promise.allSettled(ids.map((id) => this.#fetch([id])));
      if (turn === this.#turn && each.every(({ status }) => status === 'rejected')) throw error;
    }
  }

  /** Any address of a granted track, whatever signature it was written with. */
  signed(uri: string): string {
    const { pathname } = new URL(uri, location.href);
    const newest = this.#newest.get(pathname.split('/')[2] ?? '');
    return newest === undefined ? uri : withNewestSignature(uri, newest, location.href);
  }

  /** Asked for with a signature that a newer one has replaced since. */
  isOutdated(address: string): boolean {
    const { href } = new URL(address, location.href);
    return this.signed(href) !== href;
  }

  async #fetch(trackIds: readonly string[]): Promise<void> {
    const turn = this.#turn;
    const grant = await this.ask(trackIds, this.codec, (trackId) => this.find(trackId));
    if (turn !== this.#turn) return;
    for (const item of grant.items) {
      const [rung] = item.rungs;
      if (!this.#items.has(item.trackId)) this.#items.set(item.trackId, item);
      if (rung) this.#newest.set(item.trackId, rung.init);
    }
    // A renewal covers all of them, so the oldest grant sets the time.
    if (this.#timer === undefined) this.#schedule(renewalDelayMs(grant.expiresAt, Date.now()));
  }

  /** A renewal that fails is tried again: the grants in hand still have minutes, and what is buffered plays on. */
  #schedule(delayMs: number): void {
    const turn = this.#turn;
    this.#timer = setTimeout(() => {
      this.renewNow().catch(() => {
        if (turn === this.#turn) this.#schedule(RETRY_MS);
      });
    }, delayMs);
  }
}
