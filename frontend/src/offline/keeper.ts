import type { User } from '../api/client';
import { ApiError } from '../api/api-error';
import { reachability } from '../api/reachability';
import { wantedIds } from './download-plan';
import { contentsOf } from './collections';
import { followCollection, renewLease } from './contact';
import { libraryOf } from './current-library';
import { Downloader } from './downloader';
import { forgetKept } from './forget';
import { keptUser, rememberUser } from './kept-user';
import type { CollectionKind } from './kept';
import type { OfflineLibrary } from './offline-library';

const CONTACT_EVERY_MS = 30 * 60_000;
const CHANNEL = 'kanade-offline';

/**
 * Keeps what a listener wants to have in this browser: what is wished, what is fetched, and what the server still grants.
 * One a page, made by `use-keeper.ts`, which calls `close`.
 */
export class Keeper {
  readonly #downloader: Downloader;
  readonly #others = new BroadcastChannel(CHANNEL);
  readonly #stops: readonly (() => void)[];
  #contact: Promise<void> | null = null;
  #closed = false;

  private constructor(
    private readonly user: User,
    readonly library: OfflineLibrary,
  ) {
    this.#downloader = new Downloader(library, () => this.#others.postMessage('changed'));
    this.#others.onmessage = () => void library.reload();
    const timer = setInterval(() => void this.contact(), CONTACT_EVERY_MS);
    this.#stops = [
      () => clearInterval(timer),
      reachability.subscribe(() => reachability.getState().online && void this.contact()),
    ];
  }

  /** @returns null where this browser cannot keep anything */
  static async open(user: User): Promise<Keeper | null> {
    const library = await libraryOf(user.id);
    return library && new Keeper(user, library);
  }

  close(): void {
    this.#closed = true;
    for (const stop of this.#stops) stop();
    this.#downloader.close();
    this.#others.close();
  }

  /** @throws ApiError when the server does not tell what is in it */
  async keep(kind: CollectionKind, id: string): Promise<void> {
    rememberUser(this.user);
    // Without it a browser may clear what nobody visits for a while. It asks the listener, or decides by itself.
    void navigator.storage.persist?.().catch(() => false);
    const { title, tracks, answers } = await contentsOf(kind, id);
    await renewLease(this.library, [...new Set(tracks.map((track) => track.id))]);
    for (const [path, answer] of answers) await this.library.keepAnswer(path, answer);
    await this.library.keep({ kind, id, title, tracks, addedAt: Date.now() });
    this.#others.postMessage('changed');
    this.#downloader.start();
  }

  async drop(kind: CollectionKind, id: string): Promise<void> {
    await this.library.drop(kind, id);
    this.#others.postMessage('changed');
    this.#downloader.restart();
  }

  pause(): Promise<void> {
    return this.#downloader.pause();
  }

  resume(): Promise<void> {
    return this.#downloader.resume();
  }

  /** What is liked has changed. */
  async followLikes(): Promise<void> {
    const likes = this.library.collections.find(({ kind }) => kind === 'likes');
    if (!likes) return;
    await followCollection(this.library, likes).catch(() => undefined);
    this.#downloader.restart();
  }

  /** Asks the server what may still be kept, and what is in it by now. Never rejects: it is asked again. */
  contact(): Promise<void> {
    this.#contact ??= this.#ask().finally(() => (this.#contact = null));
    return this.#contact;
  }

  async #ask(): Promise<void> {
    if (this.library.collections.length === 0) return;
    try {
      for (const each of this.library.collections) await followCollection(this.library, each);
      await renewLease(this.library, wantedIds(this.library.collections));
    } catch (error) {
      // Whoever may listen no more may keep nothing.
      if (error instanceof ApiError && (error.status === 401 || error.status === 403)) await this.#forget();
      return;
    }
    if (!this.#closed) this.#downloader.start();
  }

  async #forget(): Promise<void> {
    this.close();
    if (keptUser()?.id === this.user.id) await forgetKept();
  }
}
