import { isStatus } from '../api/api-error';
import { api, body, type QueuedTrack, type SavedQueue } from '../api/client';
import type { Player } from '../player/player';
import type { QueueState } from '../player/queue-reducer';
import { contentsOf, resumedFrom, type Resumed } from './queue-contents';

/** A list is written when whoever changes it rests for a moment; the place in it, a few times a minute. */
const REST_MS = 1500;
const PLACE_EVERY_MS = 15_000;
const AGAIN_AFTER_MS = 30_000;
const PAGE = 500;

/**
 * Keeps the queue on the server, and takes up at a start what was left there. Of two devices the one that plays wins: it
 * writes over what another one left, which is told so when it writes next.
 */
export class QueueKeeper {
  #revision: number | null = null;
  #hasResumed = false;
  /** What was offered already, and is not again. */
  #offered: number | null = null;
  /** What stands on the server, and where in its track; null: something else. */
  #kept: QueueState | null;
  #keptMs = 0;
  #atWork = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #due = Infinity;

  constructor(
    private readonly player: Player,
    private readonly device: string,
    /** Asks the listener whether to go on here with what another device has left. */
    private readonly offer: (device: string, take: () => void) => void,
  ) {
    this.#kept = player.queue.getState();
  }

  connect(): () => void {
    const leave = (): void => void this.#work(true);
    const online = (): void => this.#plan(0);
    addEventListener('pagehide', leave);
    const back = (): void => void (document.visibilityState === 'visible' && this.#look());
    addEventListener('online', online);
    addEventListener('focus', back);
    document.addEventListener('visibilitychange', back);
    const stops = [
      this.player.queue.subscribe(() => this.#plan(REST_MS)),
      this.player.onTick(() => this.#isElsewhere() && this.#plan(PLACE_EVERY_MS)),
      () => removeEventListener('pagehide', leave),
      () => removeEventListener('online', online),
      () => removeEventListener('focus', back),
      () => document.removeEventListener('visibilitychange', back),
    ];
    void this.#work();
    return () => {
      for (const stop of stops) stop();
      clearTimeout(this.#timer);
    };
  }

  #takeUp({ positionMs, ...queue }: Resumed, count: number): void {
    this.player.resume(queue, positionMs);
    this.#kept = queue.items.length === count ? this.player.queue.getState() : null;
    this.#keptMs = positionMs;
    clearTimeout(this.#timer);
    this.#due = Infinity;
  }

  /** Whoever comes back to a page that stood open may have listened elsewhere. What plays here is left alone. */
  async #look(): Promise<void> {
    if (!this.#hasResumed || this.#atWork || this.#isPlaying()) return;
    this.#atWork = true;
    try {
      const saved = await body(api.GET('/api/me/queue'));
      const isNew = saved.revision !== this.#revision && saved.revision !== this.#offered;
      if (isNew && saved.index !== null && !this.#isPlaying()) {
        this.#offered = saved.revision;
        this.offer(saved.device, () => void this.#goOnWith(saved));
      }
    } catch {
      // Without the server there is nothing to go on with.
    }
    this.#atWork = false;
  }

  async #goOnWith(saved: SavedQueue): Promise<void> {
    const tracks = await tracksOf(saved).catch(() => []);
    const resumed = resumedFrom(saved, tracks);
    if (!resumed || this.#isPlaying()) return;
    this.player.queue.dispatch({ type: 'clear' });
    this.#revision = saved.revision;
    this.#takeUp(resumed, saved.trackIds.length);
    this.player.queue.dispatch({ type: 'intend', intent: 'play' });
  }

  #isPlaying(): boolean {
    const state = this.player.queue.getState();
    return state.kind === 'active' && state.intent === 'play';
  }

  #isEmpty(): boolean {
    return this.player.queue.getState().kind === 'empty';
  }

  #isElsewhere(): boolean {
    return !this.#isEmpty() && Math.abs(this.player.positionMs - this.#keptMs) > 1000;
  }

  /** At the latest after so long; what is planned for earlier stays. */
  #plan(afterMs: number): void {
    const due = performance.now() + afterMs;
    if (due >= this.#due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    this.#timer = setTimeout(() => void this.#work(), afterMs);
  }

  /** Never rejects: without the server it is tried again. */
  async #work(keepalive = false): Promise<void> {
    clearTimeout(this.#timer);
    this.#due = Infinity;
    if (this.#atWork) {
      this.#plan(REST_MS);
      return;
    }
    this.#atWork = true;
    const state = this.player.queue.getState();
    try {
      if (!this.#hasResumed) await this.#resume();
      else if (state !== this.#kept || this.#isElsewhere()) await this.#write(state, keepalive);
    } catch (error) {
      this.#meet(error, state);
    }
    this.#atWork = false;
  }

  async #resume(): Promise<void> {
    const saved = await body(api.GET('/api/me/queue'));
    const tracks = this.#isEmpty() ? await tracksOf(saved) : [];
    const resumed = resumedFrom(saved, tracks);
    this.#revision = saved.revision;
    this.#hasResumed = true;
    if (resumed && this.#isEmpty()) this.#takeUp(resumed, saved.trackIds.length);
    else if (!this.#isEmpty()) this.#plan(0);
  }

  async #write(state: QueueState, keepalive: boolean): Promise<void> {
    const positionMs = Math.round(this.player.positionMs);
    this.#revision ??= (await body(api.GET('/api/me/queue'))).revision;
    this.#revision = await this.#send(this.#revision, state, positionMs, keepalive);
    this.#kept = state;
    this.#keptMs = positionMs;
  }

  async #send(revision: number, state: QueueState, positionMs: number, keepalive: boolean): Promise<number> {
    const { device } = this;
    const contents = contentsOf(state);
    if (revision > 0 && isSameList(state, this.#kept)) {
      const { index, repeat } = contents;
      const place = { revision, positionMs, repeat, device, ...(index !== null && { index }) };
      return (await body(api.PATCH('/api/me/queue', { body: place, keepalive }))).revision;
    }
    // A list may be larger than what outlives its page.
    return (await body(api.PUT('/api/me/queue', { body: { ...contents, revision, positionMs, device } })))
      .revision;
  }

  #meet(error: unknown, state: QueueState): void {
    if (isStatus(error, 409)) {
      this.#revision = null;
      this.#kept = null;
      this.#plan(0);
      return;
    }
    const isRefused = [400, 401, 403, 404].some((status) => isStatus(error, status));
    if (isRefused) this.#kept = state;
    else this.#plan(AGAIN_AFTER_MS);
  }
}

/** Whether two states differ in nothing but in what plays of them, and how it goes round. */
const isSameList = (a: QueueState, b: QueueState | null): boolean =>
  a.kind === 'active' &&
  b?.kind === 'active' &&
  a.items === b.items &&
  a.shuffled === b.shuffled &&
  a.source === b.source;

const tracksOf = async ({ revision }: SavedQueue): Promise<QueuedTrack[]> => {
  const tracks: QueuedTrack[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const query = { limit: PAGE, ...(cursor !== '' && { cursor }) };
    const page: { items: QueuedTrack[]; nextCursor: string | null; revision: number } = await body(
      api.GET('/api/me/queue/tracks', { params: { query } }),
    );
    if (page.revision !== revision) return [];
    tracks.push(...page.items);
    cursor = page.nextCursor;
  }
  return tracks;
};
