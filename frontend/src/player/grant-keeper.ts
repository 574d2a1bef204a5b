import { api, body, type PlaybackGrant } from '../api/client';
import { renewalDelayMs } from './grant';

const fetchGrant = (id: string): Promise<PlaybackGrant> =>
  body(api.GET('/api/tracks/{id}/playback', { params: { path: { id } } }));

/** Holds the grant of the track that plays and keeps it fresh until `close`. */
export class GrantKeeper {
  #newest: PlaybackGrant | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;
  #trackId: string | null = null;

  get newest(): PlaybackGrant | null {
    return this.#newest;
  }

  async open(trackId: string): Promise<PlaybackGrant> {
    this.close();
    this.#trackId = trackId;
    return this.#renew(trackId, this.#turn);
  }

  close(): void {
    this.#turn += 1;
    clearTimeout(this.#timer);
    this.#newest = null;
    this.#trackId = null;
  }

  /** For a signature that ran out before its renewal could run (a machine that slept). */
  async renewNow(): Promise<void> {
    if (this.#trackId !== null) await this.#renew(this.#trackId, this.#turn);
  }

  async #renew(trackId: string, turn: number): Promise<PlaybackGrant> {
    const grant = await fetchGrant(trackId);
    if (turn !== this.#turn) return grant;
    this.#newest = grant;
    this.#schedule(trackId, turn, renewalDelayMs(grant.expiresAt, Date.now()));
    return grant;
  }

  /** A renewal that fails is tried again: the grant in hand still has minutes, and what is buffered plays on. */
  #schedule(trackId: string, turn: number, delayMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#renew(trackId, turn).catch(() => {
        if (turn === this.#turn) this.#schedule(trackId, turn, 15_000);
      });
    }, delayMs);
  }
}
