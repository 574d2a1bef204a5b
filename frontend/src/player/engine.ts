import type shaka from 'shaka-player/dist/shaka-player.dash-es2021';
import type { PlaybackGrant } from '../api/client';
import { ADAPTATION } from './adaptation';
import { chooseCodec, MANIFEST_CODECS } from './codec-choice';
import { httpStatusOf } from './failure';
import { withNewestSignature } from './grant';
import { GrantKeeper } from './grant-keeper';
import type { PlaybackStatus } from './playback-status';
import { renditionLabel } from './rendition-label';

export type EngineEvent =
  | { readonly type: 'started' | 'ended' | 'blocked' }
  | { readonly type: 'intent'; readonly intent: 'play' | 'pause' }
  | { readonly type: 'status'; readonly update: Partial<PlaybackStatus> }
  | { readonly type: 'failed'; readonly error: unknown };

const TICKS = ['timeupdate', 'seeking', 'seeked', 'durationchange', 'emptied'] as const;
const CRITICAL = 2;
const LOAD_INTERRUPTED = 7000;

const isInterrupted = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === LOAD_INTERRUPTED;

/**
 * One audio element and, once something is played, one Shaka player on it. The only file that knows Shaka.
 * Owned by Player, which calls `destroy`.
 */
export class Engine {
  readonly audio: HTMLAudioElement;
  readonly #grants = new GrantKeeper();
  readonly #listening = new AbortController();
  #shaka: Promise<shaka.Player | null> | null = null;
  #turn = 0;
  #loaded = false;
  #renewedTurn = -1;

  constructor(
    private readonly emit: (event: EngineEvent) => void,
    private readonly tick: () => void,
  ) {
    this.audio = document.createElement('audio');
    this.audio.preload = 'auto';
    document.body.append(this.audio);
    this.#listen();
  }

  /** Loads and, unless the listener paused meanwhile, plays. A later call wins over one that is still under way. */
  async load(trackId: string, wantsSound: () => boolean): Promise<void> {
    const turn = ++this.#turn;
    this.#loaded = false;
    this.emit({ type: 'status', update: { phase: 'loading', rendition: null } });
    this.audio.pause();
    try {
      const [player, grant] = await Promise.all([this.#player(), this.#grants.open(trackId)]);
      if (turn !== this.#turn) return;
      await this.#open(player, grant);
      if (turn !== this.#turn) return;
      this.#loaded = true;
      if (wantsSound()) this.play();
      else this.emit({ type: 'status', update: { phase: 'paused' } });
    } catch (error) {
      if (turn === this.#turn && !isInterrupted(error)) this.#fail(error);
    }
  }

  play(): void {
    if (!this.#loaded) return;
    this.audio.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.emit({ type: 'blocked' });
    });
  }

  pause(): void {
    this.audio.pause();
  }

  unload(): void {
    this.#turn += 1;
    this.#loaded = false;
    this.#grants.close();
    this.audio.pause();
    this.#shaka?.then((player) => player?.unload()).catch(() => undefined);
    this.emit({ type: 'status', update: { phase: 'idle', rendition: null } });
  }

  /** Never rejects: what is being torn down has nobody left to tell. */
  async destroy(): Promise<void> {
    this.#turn += 1;
    this.#listening.abort();
    this.#grants.close();
    await this.#shaka?.then((player) => player?.destroy()).catch(() => undefined);
    this.audio.remove();
  }

  async #open(player: shaka.Player | null, grant: PlaybackGrant): Promise<void> {
    if (player) {
      await player.load(grant.dash, 0, 'application/dash+xml');
      return;
    }
    this.audio.src = grant.original;
    this.emit({ type: 'status', update: { rendition: null } });
  }

  /** Null where the browser has no Media Source: then the original file plays as it came. */
  #player(): Promise<shaka.Player | null> {
    this.#shaka ??= this.#createPlayer().catch((error: unknown) => {
      this.#shaka = null;
      throw error;
    });
    return this.#shaka;
  }

  async #createPlayer(): Promise<shaka.Player | null> {
    if (!('MediaSource' in globalThis) && !('ManagedMediaSource' in globalThis)) return null;
    const { default: library } = await import('shaka-player/dist/shaka-player.dash-es2021');
    library.polyfill.installAll();
    if (!library.Player.isBrowserSupported()) return null;
    const codec = chooseCodec((type) => MediaSource.isTypeSupported(type));
    const player = new library.Player();
    await player.attach(this.audio);
    player.configure({
      preferredAudio: MANIFEST_CODECS[codec].map((name) => ({ codec: name })),
      abr: ADAPTATION,
      streaming: {
        bufferingGoal: 40,
        rebufferingGoal: 0.5,
        retryParameters: { maxAttempts: 3, timeout: 35_000 },
      },
    });
    player.getNetworkingEngine()?.registerRequestFilter((_type, request) => {
      const newest = this.#grants.newest;
      if (newest)
        request.uris = request.uris.map((uri) => withNewestSignature(uri, newest.dash, location.href));
    });
    for (const name of ['adaptation', 'variantchanged', 'loaded']) {
      player.addEventListener(name, () => this.#showRendition(player));
    }
    player.addEventListener('error', (event: Event) => this.#onStreamError(player, event));
    return player;
  }

  /** A signature that ran out while the machine slept: fetch a new one and go on, once a track. */
  #onStreamError(player: shaka.Player, event: Event): void {
    const error: unknown = 'detail' in event ? event.detail : event;
    if (httpStatusOf(error) === 403 && this.#renewedTurn !== this.#turn) {
      this.#renewedTurn = this.#turn;
      this.#grants.renewNow().then(
        () => player.retryStreaming(),
        (cause: unknown) => this.#fail(cause),
      );
      return;
    }
    const critical =
      typeof error === 'object' && error !== null && 'severity' in error && error.severity === CRITICAL;
    if (critical && this.#loaded) this.#fail(error);
  }

  #showRendition(player: shaka.Player): void {
    const active = player.getVariantTracks().find((track) => track.active);
    if (!active) return;
    const { audioCodec, codecs, audioBandwidth, bandwidth, originalAudioId } = active;
    const heard = {
      codecs: audioCodec ?? codecs,
      bandwidth: audioBandwidth ?? bandwidth,
      representationId: originalAudioId,
    };
    this.emit({ type: 'status', update: { rendition: renditionLabel(heard) } });
  }

  #fail(error: unknown): void {
    this.#turn += 1;
    this.#loaded = false;
    this.#grants.close();
    this.emit({ type: 'status', update: { phase: 'paused' } });
    this.emit({ type: 'failed', error });
  }

  #listen(): void {
    const { audio } = this;
    const on = (name: keyof HTMLMediaElementEventMap, handle: () => void) =>
      audio.addEventListener(name, () => this.#loaded && handle(), { signal: this.#listening.signal });
    for (const name of TICKS) audio.addEventListener(name, this.tick, { signal: this.#listening.signal });
    on('playing', () => {
      this.emit({ type: 'status', update: { phase: 'playing' } });
      this.emit({ type: 'started' });
    });
    on('waiting', () => this.emit({ type: 'status', update: { phase: 'waiting' } }));
    // Headphones pulled out, or another program: the element was told directly, so the queue has to hear of it.
    on('play', () => this.emit({ type: 'intent', intent: 'play' }));
    on('pause', () => {
      this.emit({ type: 'status', update: { phase: 'paused' } });
      if (!audio.ended) this.emit({ type: 'intent', intent: 'pause' });
    });
    on('ended', () => this.emit({ type: 'ended' }));
    on('error', () => this.#fail(audio.error));
  }
}
