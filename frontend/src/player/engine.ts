import { bitrateKbpsOf, type Quality } from '../quality/quality';
import type { Outlook, Sounding } from '../sound/sounding';
import { BrokenRungs } from './broken-rungs';
import { chooseCodec, type StreamCodec } from './codec-choice';
import { listenTo } from './element-events';
import { failureOf, isInterrupted, type FailureKind } from './failure';
import { HeardRung } from './heard-rung';
import { keptFirst, keptOnly } from './kept-grants';
import { keptMusic } from './kept-music';
import { OneByOne } from './one-by-one';
import type { PlaybackStatus } from './playback-status';
import { PlayAhead } from './play-ahead';
import { QueueGrants, type GrantSource } from './queue-grants';
import type { QueueItem } from './queue-reducer';
import { QueueSession } from './queue-session';
import { Recovery } from './recovery';
import type { SoundReport } from './sound-report';
import { hasMediaSource, setUpStage, type SegmentPlace, type Stage } from './stage';

export type EngineEvent =
  | { readonly type: 'started' | 'blocked' }
  /** `key`: of the item that was heard to its end, where that is known. */
  | { readonly type: 'ended'; readonly key: number | null }
  | { readonly type: 'advanced'; readonly key: number }
  /** A part of the track came as bytes that are no sound, in every rung. */
  | { readonly type: 'damaged'; readonly trackId: string }
  | { readonly type: 'intent'; readonly intent: 'play' | 'pause' }
  | { readonly type: 'status'; readonly update: Partial<PlaybackStatus> }
  | { readonly type: 'failed'; readonly failure: FailureKind };

/** A phone that has only the managed kind plays AAC, which is what nothing else leaves. */
const supports = (type: string): boolean => 'MediaSource' in globalThis && MediaSource.isTypeSupported(type);

/**
 * Plays on the one audio element of the page, by one Shaka player once something is played, the queue as one timeline.
 * Owned by Player, to which the element belongs, and which calls `destroy`.
 */
export class Engine implements Sounding {
  readonly #listening = new AbortController();
  readonly #brokenRungs = new BrokenRungs();
  readonly #toldOfHole = new Set<string>();
  readonly #ahead: PlayAhead;
  #stage: Promise<Stage | null> | null = null;
  #session: QueueSession | null = null;
  /** The codec that was streamed when this timeline began, which may be one of what is kept in this browser. */
  #begunFor: StreamCodec | null = null;
  #turn = 0;
  #recovery: Recovery | null = null;
  readonly #heard = new HeardRung();
  /** Where the sound stopped by a failure: whoever plays the same item again goes on there. */
  #stoppedAt: { readonly key: number; readonly seconds: number } | null = null;
  #loaded = false;
  readonly #originals: OneByOne;
  #wantsSound = (): boolean => false;
  /** What plays and what is to follow, also while a load is under way. */
  #window: readonly QueueItem[] = [];

  constructor(
    readonly audio: HTMLAudioElement,
    private readonly emit: (event: EngineEvent) => void,
    private readonly tick: () => void,
    ask: GrantSource,
    private readonly quality: () => Quality,
  ) {
    this.#ahead = new PlayAhead(ask);
    this.#originals = new OneByOne(audio);
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
    this.#wantsSound = wantsSound;
    this.#window = window;
    if (this.#loaded && !this.#isOfAnotherCodec && this.#session?.goTo(window) === true) {
      if (wantsSound()) this.play();
      else this.pause();
      return;
    }
    if (this.#stoppedAt?.key !== window[0]?.key) this.#stoppedAt = null;
    await this.#begin();
  }

  /** Where an item begins that was begun elsewhere. */
  standAt(place: { readonly key: number; readonly seconds: number }): void {
    this.#stoppedAt = place;
  }

  /** What is to come has changed; what sounds has not. */
  follow(window: readonly QueueItem[]): void {
    this.#window = window;
    this.#session?.follow(this.#isOfAnotherCodec ? window.slice(0, 1) : window);
  }

  /**
   * The listener chose another quality, or the line became another one. Another rung is heard within seconds; another
   * codec needs a timeline of its own, which begins with the next track, or at once where nothing sounds.
   */
  changeQuality(): void {
    if (!this.#loaded || !this.#session) return;
    if (this.#isOfAnotherCodec && this.audio.paused) {
      this.#beginAnew();
      return;
    }
    if (!this.#isOfAnotherCodec) this.#session.keepTo(bitrateKbpsOf(this.quality()));
    this.follow(this.#window);
  }

  get outlook(): Outlook | null {
    return this.#loaded ? (this.#session?.outlook ?? null) : null;
  }

  signed(uri: string): string {
    return this.#session?.grants.signed(uri) ?? uri;
  }

  leap(seconds: number): void {
    this.#session?.leap(seconds);
  }

  /** Shaka is fetched, and stands ready, before the first press of play has to wait for it. */
  warm(): void {
    this.#setUp().catch(() => undefined);
  }

  /** What is likely to be played next begins at once when it is. */
  prepare(trackId: string): void {
    if (!hasMediaSource() || (this.#loaded && this.#window[0]?.track.id === trackId)) return;
    this.warm();
    void keptMusic().then((music) => {
      if (!music?.codecOf(trackId)) void this.#ahead.prepare(trackId, this.#codec, this.#likelyKbps);
    });
  }

  /** What was asked for in somebody's name is not used in anybody else's. */
  forgetPrepared(): void {
    this.#ahead.close();
  }

  /** What really sounds, as of now. */
  report(): SoundReport {
    const { timelineSeconds = 0 } = this.#session ?? {};
    return {
      measuredKbps: this.#heard.fetched.measuredKbpsAt(timelineSeconds),
      sampleRateHz: this.#session?.sampleRateHz ?? null,
      bufferedAheadSeconds: this.#session ? Math.max(0, this.#session.bufferedAheadSeconds) : null,
      codecWaits: this.#session !== null && this.#isOfAnotherCodec,
    };
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
    this.#originals.clear();
    this.audio.pause();
    this.#stage?.then((stage) => stage?.player.unload()).catch(() => undefined);
    this.#tell({ phase: 'idle', heard: null });
  }

  /** Never rejects: what is being torn down has nobody left to tell. */
  async destroy(): Promise<void> {
    this.#turn += 1;
    this.#listening.abort();
    this.#ahead.close();
    this.#unloadSession();
    this.#originals.clear();
    await this.#stage?.then((stage) => stage?.player.destroy()).catch(() => undefined);
  }

  async #begin(): Promise<void> {
    const turn = ++this.#turn;
    this.#unloadSession();
    this.#tell({ phase: 'loading', heard: null });
    this.audio.pause();
    try {
      await this.#load(turn);
      if (turn !== this.#turn) return;
      this.#loaded = true;
      if (this.#wantsSound()) this.play();
      else this.#tell({ phase: 'paused' });
    } catch (error) {
      if (turn === this.#turn && !isInterrupted(error)) this.#fail(error);
    }
  }

  #beginAnew(): void {
    this.#rememberPlace();
    void this.#begin();
  }

  async #load(turn: number): Promise<void> {
    const trackId = this.#window[0]?.track.id ?? '';
    const streamed = (this.#begunFor = this.#codec);
    const codec = (await keptMusic())?.codecOf(trackId) ?? streamed;
    const ask = keptFirst(codec === streamed ? this.#ahead.grants : keptOnly);
    const grants = hasMediaSource() ? new QueueGrants(codec, ask) : null;
    const [stage] = await Promise.all([this.#setUp(), grants?.open([trackId])]);
    if (turn !== this.#turn) {
      grants?.close();
      return;
    }
    if (!stage || !grants) {
      grants?.close();
      await this.#originals.lay(trackId, () => turn === this.#turn);
      return;
    }
    const onAdvance = (key: number): void => this.emit({ type: 'advanced', key });
    const kept = bitrateKbpsOf(this.quality());
    const session = (this.#session = new QueueSession(stage, grants, this.#brokenRungs, onAdvance, kept));
    const fetched = this.#heard.begin();
    this.#recovery = new Recovery({
      session,
      stage,
      fetched,
      isLoaded: () => this.#loaded,
      beginAnew: () => this.#beginAnew(),
      onHole: (id) => this.#tellOfHole(id),
      fail: (error) => this.#fail(error),
    });
    const atSeconds = this.#stoppedAt?.seconds;
    this.#stoppedAt = null;
    const first = grants.find(trackId);
    if (first && !atSeconds) this.#ahead.first.fetch(first, this.#likelyKbps);
    await session.open(this.#window, atSeconds);
  }

  #unloadSession(): void {
    this.#loaded = false;
    this.#recovery?.close();
    this.#recovery = null;
    this.#session?.close();
    this.#session = null;
  }

  #setUp(): Promise<Stage | null> {
    const directions = {
      signed: (uri: string) => this.signed(uri),
      ahead: (address: string) => this.#ahead.first.take(address),
      onFetched: ({ startSeconds, endSeconds }: SegmentPlace, address: string, sizeBytes: number) =>
        this.#heard.fetched.note(startSeconds, endSeconds, address, sizeBytes),
      onAppended: (place: SegmentPlace) => this.#recovery?.onAppended(place),
      onError: (error: unknown) => this.#recovery?.onError(error),
    };
    this.#stage ??= setUpStage(this.audio, directions).catch((error: unknown) => {
      this.#stage = null;
      throw error;
    });
    return this.#stage;
  }

  /** Once a track, however many of its segments are like this. */
  #tellOfHole(trackId: string): void {
    if (this.#toldOfHole.has(trackId)) return;
    this.#toldOfHole.add(trackId);
    this.emit({ type: 'damaged', trackId });
  }

  /** What failed before it began leaves the place that it was to begin at. */
  #rememberPlace(): void {
    const key = this.#session?.key;
    if (key !== undefined) this.#stoppedAt = { key, seconds: this.positionSeconds };
  }

  get #codec(): StreamCodec {
    return chooseCodec(supports, this.quality());
  }

  get #isOfAnotherCodec(): boolean {
    return this.#session !== null && this.#begunFor !== this.#codec;
  }

  /** The rung that a load would begin with. */
  get #likelyKbps(): number {
    return bitrateKbpsOf(this.quality()) ?? this.#heard.kbps;
  }

  #tellWhatIsHeard(): void {
    const heard = this.#heard.of(this.#session);
    if (heard) this.#tell({ heard });
  }

  #tell(update: Partial<PlaybackStatus>): void {
    this.emit({ type: 'status', update });
  }

  #fail(error: unknown): void {
    this.#turn += 1;
    this.#rememberPlace();
    this.#unloadSession();
    this.#stage?.then((stage) => stage?.player.unload()).catch(() => undefined);
    this.#tell({ phase: 'paused' });
    this.emit({ type: 'failed', failure: failureOf(error) });
  }

  #listen(): void {
    const to = {
      isLoaded: () => this.#loaded,
      onTick: () => {
        this.#session?.tick();
        this.#tellWhatIsHeard();
        if (this.#loaded && !this.#session) this.#originals.tick(this.#window[1]);
        this.tick();
      },
      onPhase: (phase: PlaybackStatus['phase']) => {
        // Not a moment as something that it is not.
        this.#tellWhatIsHeard();
        this.#tell({ phase });
      },
      onStarted: () => this.emit({ type: 'started' }),
      onIntent: (intent: 'play' | 'pause') => this.emit({ type: 'intent', intent }),
      onEnded: () => this.emit({ type: 'ended', key: this.#session?.endedKey ?? null }),
      onError: (error: unknown) => (this.#recovery ? this.#recovery.onError(error) : this.#fail(error)),
    };
    listenTo(this.audio, to, this.#listening.signal);
  }
}
