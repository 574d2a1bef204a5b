import type shaka from 'shaka-player/dist/shaka-player.dash-es2021';
import { api, body } from '../api/client';
import { ADAPTATION } from './adaptation';
import { BrokenRungs } from './broken-rungs';
import { chooseCodec } from './codec-choice';
import { failedAddressOf, failedRungOf, failedTrackOf, httpStatusOf, isUnanswered } from './failure';
import { BROWSER, outlast } from './outage';
import type { PlaybackStatus } from './playback-status';
import { QueueGrants, type GrantSource } from './queue-grants';
import type { QueueItem } from './queue-reducer';
import { QueueSession, type Stage } from './queue-session';
import { renditionLabel } from './rendition-label';

export type EngineEvent =
  | { readonly type: 'started' | 'blocked' }
  /** `key`: of the item that was heard to its end, where that is known. */
  | { readonly type: 'ended'; readonly key: number | null }
  | { readonly type: 'advanced'; readonly key: number }
  | { readonly type: 'intent'; readonly intent: 'play' | 'pause' }
  | { readonly type: 'status'; readonly update: Partial<PlaybackStatus> }
  | { readonly type: 'failed'; readonly error: unknown };

const TICKS = ['timeupdate', 'seeking', 'seeked', 'durationchange', 'progress', 'emptied'] as const;
const CRITICAL = 2;
const LOAD_INTERRUPTED = 7000;

const isInterrupted = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === LOAD_INTERRUPTED;

const hasMediaSource = (): boolean => 'MediaSource' in globalThis || 'ManagedMediaSource' in globalThis;

/** A phone that has only the managed kind plays AAC, which is what nothing else leaves. */
const supports = (type: string): boolean => 'MediaSource' in globalThis && MediaSource.isTypeSupported(type);

/**
 * One audio element and, once something is played, one Shaka player on it, which plays the queue as one timeline.
 * Owned by Player, which calls `destroy`.
 */
export class Engine {
  readonly audio: HTMLAudioElement;
  readonly #listening = new AbortController();
  readonly #brokenRungs = new BrokenRungs();
  #stage: Promise<Stage | null> | null = null;
  #session: QueueSession | null = null;
  #turn = 0;
  #outage: AbortController | null = null;
  /** Where the sound stopped by a failure: whoever plays the same item again goes on there. */
  #stoppedAt: { readonly key: number; readonly seconds: number } | null = null;
  #loaded = false;
  #renewedTurn = -1;
  #renewing = false;

  constructor(
    private readonly emit: (event: EngineEvent) => void,
    private readonly tick: () => void,
    private readonly ask: GrantSource,
  ) {
    this.audio = document.createElement('audio');
    this.audio.preload = 'auto';
    document.body.append(this.audio);
    this.#listen();
  }

  /** Of the track that sounds, not of the timeline that it stands on. */
  get positionSeconds(): number {
    return this.#session?.positionSeconds ?? this.#stoppedAt?.seconds ?? this.audio.currentTime;
  }

  get durationSeconds(): number {
    return this.#session?.durationSeconds ?? this.audio.duration;
  }

  seek(seconds: number): void {
    if (this.#session) this.#session.seek(seconds);
    else if (this.#stoppedAt) this.#stoppedAt = { ...this.#stoppedAt, seconds };
    else this.audio.currentTime = seconds;
  }

  /**
   * Begins the first of the window: within the timeline where it stands there, else by a load. Plays unless the
   * listener paused meanwhile. A later call wins over one that is still under way.
   */
  async start(window: readonly QueueItem[], wantsSound: () => boolean): Promise<void> {
    if (this.#loaded && this.#session?.goTo(window) === true) {
      if (wantsSound()) this.play();
      else this.pause();
      return;
    }
    const turn = ++this.#turn;
    this.#unloadSession();
    this.emit({ type: 'status', update: { phase: 'loading', rendition: null } });
    this.audio.pause();
    try {
      await this.#load(window, turn);
      if (turn !== this.#turn) return;
      this.#loaded = true;
      if (wantsSound()) this.play();
      else this.emit({ type: 'status', update: { phase: 'paused' } });
    } catch (error) {
      if (turn === this.#turn && !isInterrupted(error)) this.#fail(error);
    }
  }

  /** What is to come has changed; what sounds has not. */
  follow(window: readonly QueueItem[]): void {
    this.#session?.follow(window);
  }

  /** What was heard to its end begins again by `start` alone: the element would go back to the first of its tracks. */
  play(): void {
    if (!this.#loaded || this.audio.ended) return;
    this.audio.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === 'NotAllowedError') this.emit({ type: 'blocked' });
    });
  }

  pause(): void {
    this.audio.pause();
  }

  unload(): void {
    this.#turn += 1;
    this.#stoppedAt = null;
    this.#unloadSession();
    this.audio.pause();
    this.#stage?.then((stage) => stage?.player.unload()).catch(() => undefined);
    this.emit({ type: 'status', update: { phase: 'idle', rendition: null } });
  }

  /** Never rejects: what is being torn down has nobody left to tell. */
  async destroy(): Promise<void> {
    this.#turn += 1;
    this.#listening.abort();
    this.#unloadSession();
    await this.#stage?.then((stage) => stage?.player.destroy()).catch(() => undefined);
    this.audio.remove();
  }

  async #load(window: readonly QueueItem[], turn: number): Promise<void> {
    const trackId = window[0]?.track.id ?? '';
    const grants = hasMediaSource() ? new QueueGrants(chooseCodec(supports), this.ask) : null;
    const [stage] = await Promise.all([this.#setUp(), grants?.open([trackId])]);
    if (turn !== this.#turn) {
      grants?.close();
      return;
    }
    if (!stage || !grants) {
      grants?.close();
      await this.#playOriginal(trackId, turn);
      return;
    }
    const onAdvance = (key: number): void => this.emit({ type: 'advanced', key });
    this.#session = new QueueSession(stage, grants, this.#brokenRungs, onAdvance);
    const stopped = this.#stoppedAt;
    this.#stoppedAt = null;
    await this.#session.open(window, stopped?.key === window[0]?.key ? stopped?.seconds : 0);
  }

  /** Where the browser has no Media Source the original file plays as it came, one track at a time. */
  async #playOriginal(trackId: string, turn: number): Promise<void> {
    const params = { path: { id: trackId } };
    const { original } = await body(api.GET('/api/tracks/{id}/playback', { params }));
    if (turn === this.#turn) this.audio.src = original;
  }

  #unloadSession(): void {
    this.#loaded = false;
    this.#outage?.abort();
    this.#outage = null;
    this.#session?.close();
    this.#session = null;
  }

  #setUp(): Promise<Stage | null> {
    this.#stage ??= this.#createStage().catch((error: unknown) => {
      this.#stage = null;
      throw error;
    });
    return this.#stage;
  }

  async #createStage(): Promise<Stage | null> {
    if (!hasMediaSource()) return null;
    const { default: library } = await import('shaka-player/dist/shaka-player.dash-es2021');
    library.polyfill.installAll();
    if (!library.Player.isBrowserSupported()) return null;
    const player = new library.Player();
    await player.attach(this.audio);
    player.configure({
      abr: ADAPTATION,
      streaming: {
        bufferingGoal: 40,
        rebufferingGoal: 0.5,
        retryParameters: { maxAttempts: 3, timeout: 35_000 },
        // An init part whose fetch ahead was aborted by a seek is not asked for again, and nothing plays any more.
        segmentPrefetchLimit: 0,
        // Places are exact: who goes to a track has not to wait for the end of the one before.
        inaccurateManifestTolerance: 0,
        // Shaka would try the other rungs of a track that is gone, and these ones again, for ever and without a word.
        maxDisabledTime: 0,
      },
    });
    player.getNetworkingEngine()?.registerRequestFilter((_type, request) => {
      request.uris = request.uris.map((uri) => this.#session?.grants.signed(uri) ?? uri);
    });
    for (const name of ['adaptation', 'variantchanged', 'loaded']) {
      player.addEventListener(name, () => this.#showRendition(player));
    }
    player.addEventListener('error', (event: Event) => this.#onStreamError(player, event));
    return { library, player, audio: this.audio };
  }

  #onStreamError(player: shaka.Player, event: Event): void {
    const error: unknown = 'detail' in event ? event.detail : event;
    if (isUnanswered(error)) void this.#outlast(player, error);
    else this.#giveWay(player, error);
  }

  /** The server may be away: what is buffered plays on, and as soon as it answers again the rest is fetched. */
  async #outlast(player: shaka.Player, error: unknown): Promise<void> {
    const session = this.#session;
    if (!session || this.#outage) return;
    const outage = (this.#outage = new AbortController());
    const bufferedAheadSeconds = () => session.bufferedAheadSeconds;
    const ending = await outlast({ ...BROWSER, bufferedAheadSeconds }, outage.signal);
    if (ending === 'was stopped') return;
    this.#outage = null;
    if (ending === 'is back') session.retry();
    else if (ending === 'was reachable') this.#giveWay(player, error);
    else this.#fail(error);
  }

  /** What cannot be had is played otherwise, or passed over; where neither helps it fails aloud. */
  #giveWay(player: shaka.Player, error: unknown): void {
    if (httpStatusOf(error) === 403 && this.#renew(failedAddressOf(error))) return;
    const rung = failedRungOf(error);
    if (rung && this.#session?.dropRung(rung) === true) {
      player.retryStreaming();
      return;
    }
    const trackId = failedTrackOf(error);
    if (trackId !== null && this.#session?.cutBefore(trackId) === true) {
      player.retryStreaming();
      return;
    }
    const critical =
      typeof error === 'object' && error !== null && 'severity' in error && error.severity === CRITICAL;
    if (critical && this.#loaded) this.#fail(error);
  }

  /**
   * A signature that ran out while the machine slept: fetch a new one and go on, once a load. Init part and segment
   * fail together, each aloud. @returns false when a new signature is no help
   */
  #renew(address: string | null): boolean {
    const session = this.#session;
    if (!session) return false;
    if (address !== null && session.grants.isOutdated(address)) {
      session.retry();
      return true;
    }
    if (this.#renewedTurn === this.#turn) return this.#renewing;
    this.#renewedTurn = this.#turn;
    this.#renewing = true;
    session.grants
      .renewNow()
      .then(
        () => session.retry(),
        (cause: unknown) => this.#fail(cause),
      )
      .finally(() => (this.#renewing = false));
    return true;
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
    const key = this.#session?.key;
    this.#stoppedAt = key === undefined ? null : { key, seconds: this.positionSeconds };
    this.#unloadSession();
    this.#stage?.then((stage) => stage?.player.unload()).catch(() => undefined);
    this.emit({ type: 'status', update: { phase: 'paused' } });
    this.emit({ type: 'failed', error });
  }

  #listen(): void {
    const { audio } = this;
    const on = (name: keyof HTMLMediaElementEventMap, handle: () => void) =>
      audio.addEventListener(name, () => this.#loaded && handle(), { signal: this.#listening.signal });
    const ticked = () => {
      this.#session?.tick();
      this.tick();
    };
    for (const name of TICKS) audio.addEventListener(name, ticked, { signal: this.#listening.signal });
    on('playing', () => {
      this.emit({ type: 'status', update: { phase: 'playing' } });
      this.emit({ type: 'started' });
    });
    on('waiting', () => this.emit({ type: 'status', update: { phase: 'waiting' } }));
    // Headphones pulled out, or another program: the element was told directly, so the queue has to hear of it.
    // An event comes late: by then something else may have been wanted, and what is no longer so is nobody's wish.
    on('play', () => {
      if (!audio.paused) this.emit({ type: 'intent', intent: 'play' });
    });
    on('pause', () => {
      if (!audio.paused) return;
      this.emit({ type: 'status', update: { phase: 'paused' } });
      if (!audio.ended) this.emit({ type: 'intent', intent: 'pause' });
    });
    on('ended', () => this.emit({ type: 'ended', key: this.#session?.endedKey ?? null }));
    on('error', () => this.#fail(audio.error));
  }
}
