import { ApiError } from '../api/api-error';
import { reachability } from '../api/reachability';
import { chooseCodec } from '../player/codec-choice';
import { qualityStore } from '../quality/quality-store';
import { wishOf } from './download-quality';
import { offlineState, type Activity } from './offline-state';
import type { OfflineLibrary } from './offline-library';
import { downloadTrack, type Wish } from './track-download';

const LOCK = 'kanade-offline-download';
const AGAIN_AFTER_MS = 20_000;

const supports = (type: string): boolean => 'MediaSource' in globalThis && MediaSource.isTypeSupported(type);

const wish = (): Wish => {
  const codec = chooseCodec(supports);
  return wishOf(qualityStore.getState().downloads, codec === 'flac' ? 'opus' : codec);
};

const isFull = (error: unknown): boolean =>
  error instanceof DOMException && error.name === 'QuotaExceededError';

/** The server will give it no more, whatever is tried. Everything else is tried again. */
const isFinal = (error: unknown): boolean =>
  error instanceof ApiError && [403, 404, 410, 415, 422].includes(error.status);

/**
 * Fetches what is wished and not there, a track at a time, in one tab of all. Made by `keeper.ts`, which calls `close`.
 */
export class Downloader {
  #run: AbortController | null = null;
  #again: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  /** Something was wished while a run was under way. */
  #more = false;

  constructor(
    private readonly library: OfflineLibrary,
    private readonly onDone: () => void,
  ) {}

  close(): void {
    this.#closed = true;
    clearTimeout(this.#again);
    this.#run?.abort();
  }

  async pause(): Promise<void> {
    await this.library.setPaused(true);
    this.#run?.abort();
    this.#say('paused');
  }

  async resume(): Promise<void> {
    await this.library.setPaused(false);
    this.library.forgive();
    this.start();
  }

  /** Something was taken out: what is on its way may be it. */
  restart(): void {
    this.#run?.abort();
    this.start();
  }

  /** Goes on with whatever is to be fetched; harmless where that is nothing, or already under way. */
  start(): void {
    clearTimeout(this.#again);
    if (this.#closed) return;
    this.#more = true;
    if (this.#run) return;
    const run = (this.#run = new AbortController());
    void this.#hold(run.signal).then(async (activity) => {
      this.#run = null;
      if (this.#closed) return;
      this.#say((await this.library.isPaused()) ? 'paused' : activity);
      if (activity === 'waiting') this.#again = setTimeout(() => this.start(), AGAIN_AFTER_MS);
      else if (run.signal.aborted || this.#more) await this.#startAgain();
      this.onDone();
    });
  }

  /** Never rejects. One tab at a time. */
  async #hold(signal: AbortSignal): Promise<Activity> {
    try {
      return await navigator.locks.request(LOCK, { signal }, async (): Promise<Activity> => {
        return await this.#fetchAll(signal);
      });
    } catch (error) {
      if (signal.aborted) return 'idle';
      return isFull(error) ? 'full' : 'waiting';
    }
  }

  async #startAgain(): Promise<void> {
    if (!(await this.library.isPaused()) && this.library.plan.toFetch.length > 0) this.start();
  }

  async #fetchAll(signal: AbortSignal): Promise<Activity> {
    // Another tab may have fetched meanwhile.
    await this.library.reload();
    for (;;) {
      this.#more = false;
      const [next] = this.library.plan.toFetch;
      if (next === undefined) return 'idle';
      if (await this.library.isPaused()) return 'paused';
      if (!reachability.getState().online) return 'waiting';
      this.#say('running');
      try {
        await downloadTrack(this.library, next, wish(), signal, (share) =>
          offlineState.dispatch({ current: { trackId: next, share } }),
        );
        if (!this.library.track(next)?.whole && !signal.aborted) await this.library.refuse(next);
      } catch (error) {
        signal.throwIfAborted();
        if (!isFinal(error)) throw error;
        await this.library.refuse(next);
      }
    }
  }

  #say(activity: Activity): void {
    offlineState.dispatch(activity === 'running' ? { activity } : { activity, current: null });
  }
}
