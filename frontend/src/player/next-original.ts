import { api, body } from '../api/client';

/** Beyond this a file is played from its address: it would stand in memory as a whole. */
const LARGEST_BYTES = 64 * 2 ** 20;

/** Where the original of a track lies, with a signature good for minutes. */
export const originalAddress = async (trackId: string): Promise<string> => {
  const params = { path: { id: trackId } };
  return (await body(api.GET('/api/tracks/{id}/playback', { params }))).original;
};

/**
 * Without Media Source tracks play one by one. The next one is fetched whole while the one before ends, so that it only
 * has to be decoded when its turn comes, on the same element: phones let no other one begin by itself. Owned by
 * OneByOne, which calls `clear`.
 */
export class NextOriginal {
  #trackId: string | null = null;
  #url: string | null = null;
  #playing: string | null = null;
  #fetching = new AbortController();

  /** Asked for with every tick; what cannot be had now is asked for when its turn has come. */
  prepare(trackId: string): void {
    if (trackId === this.#trackId) return;
    this.#forget();
    this.#trackId = trackId;
    const { signal } = this.#fetching;
    this.#fetch(trackId, signal).then(
      (url) => {
        if (signal.aborted) URL.revokeObjectURL(url);
        else this.#url = url;
      },
      () => undefined,
    );
  }

  /** What was prepared of it; null: nothing. It plays until the next one is taken. */
  take(trackId: string): string | null {
    const url = trackId === this.#trackId ? this.#url : null;
    if (this.#playing) URL.revokeObjectURL(this.#playing);
    this.#playing = url;
    if (url) this.#url = null;
    this.#forget();
    return url;
  }

  clear(): void {
    this.#forget();
    if (this.#playing) URL.revokeObjectURL(this.#playing);
    this.#playing = null;
  }

  #forget(): void {
    this.#fetching.abort();
    this.#fetching = new AbortController();
    if (this.#url) URL.revokeObjectURL(this.#url);
    this.#url = null;
    this.#trackId = null;
  }

  async #fetch(trackId: string, signal: AbortSignal): Promise<string> {
    const answer = await fetch(await originalAddress(trackId), { signal });
    const sizeBytes = Number(answer.headers.get('content-length') ?? Infinity);
    if (!answer.ok || sizeBytes > LARGEST_BYTES) {
      await answer.body?.cancel();
      throw new Error('the next track is not fetched ahead');
    }
    return URL.createObjectURL(await answer.blob());
  }
}
