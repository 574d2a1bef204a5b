import { onLineChange } from '../quality/mobile-data';
import { playingQuality, qualityStore } from '../quality/quality-store';
import { bindSleep } from '../sound/sleep-timer';
import type { DeskReport, SoundDesk } from '../sound/sound-desk';
import type { Engine, EngineEvent } from './engine';
import { hearing, NOTHING_HEARD, type Heard } from './heard';
import type { FailureKind } from './failure';
import { isKept } from './kept-music';
import { bindMediaSession } from './media-session';
import { IDLE, updateStatus, type PlaybackStatus } from './playback-status';
import {
  currentItem,
  EMPTY_QUEUE,
  queueReducer,
  upcomingItems,
  type QueueAction,
  type QueueState,
} from './queue-reducer';
import { accountGrants, type GrantSource } from './queue-grants';
import { whenSettled } from './presence';
import { playingWindow } from './queue-window';
import type { SoundReport } from './sound-report';
import { createStore, type Store } from './store';
import { initialVolume, keepVolume, type Volume } from './volume';

/** The queue says what should sound; this makes it sound. Created once a page; `connect` returns what undoes it. */
export class Player {
  readonly queue: Store<QueueState, QueueAction> = createStore(queueReducer, EMPTY_QUEUE);
  readonly status: Store<PlaybackStatus, Partial<PlaybackStatus>> = createStore(updateStatus, IDLE);
  readonly volume: Store<Volume, Partial<Volume>> = createStore(
    (now, to) => ({ ...now, ...to }),
    initialVolume,
  );
  /** What has sounded since the page was opened. */
  readonly heard: Store<Heard, QueueState> = createStore(hearing, NOTHING_HEARD);
  readonly #tickers = new Set<() => void>();
  #ask: GrantSource = accountGrants;
  /** Comes after the first paint. */
  #engine: Engine | null = null;
  #audio: HTMLAudioElement | null = null;
  /** Where an item begins that was begun elsewhere, while there is no engine to be told. */
  #standing: { readonly key: number; readonly seconds: number } | null = null;
  #isWarm = false;
  #run = 0;
  #desk: SoundDesk | null = null;
  /** In place of a gain node, and of a timer that lets the sound fall asleep. */
  #attenuation = 1;
  #fade = 1;

  connect(): () => void {
    const audio = document.createElement('audio');
    audio.preload = 'auto';
    document.body.append(audio);
    this.#audio = audio;
    const stops = [
      this.queue.subscribe(() => this.#follow()),
      this.queue.subscribe(() => this.heard.dispatch(this.queue.getState())),
      this.volume.subscribe(() => {
        this.#applyVolume(audio);
        keepVolume(this.volume.getState());
      }),
      bindMediaSession(this),
      bindSleep(this),
      qualityStore.subscribe(() => this.#engine?.changeQuality()),
      onLineChange(() => this.#engine?.changeQuality()),
    ];
    this.#applyVolume(audio);
    stops.push(whenSettled(() => void this.#bringEngine()));
    return () => {
      for (const stop of stops) stop();
      this.#desk?.close();
      this.#desk = null;
      void this.#engine?.destroy();
      this.#engine = null;
      this.#audio = null;
      this.#run = 0;
      audio.remove();
    };
  }

  /** Whom it asks for what it plays from now on; what is in the queue came from somebody else, and leaves it. */
  listenBy(ask: GrantSource): () => void {
    this.#askFrom(ask);
    return () => this.#askFrom(accountGrants);
  }

  /** Takes up a queue from elsewhere, where nothing is in this one; it sounds when the listener wishes. */
  resume(queue: Omit<Extract<QueueAction, { type: 'restore' }>, 'type'>, positionMs: number): void {
    const key = queue.items[queue.index]?.key;
    if (this.queue.getState().kind === 'active' || key === undefined) return;
    const place = { key, seconds: positionMs / 1000 };
    if (this.#engine) this.#engine.standAt(place);
    else this.#standing = place;
    this.queue.dispatch({ type: 'restore', ...queue });
    this.#tick();
  }

  get positionMs(): number {
    if (this.#engine) return this.#engine.positionSeconds * 1000;
    const isStanding = this.#standing?.key === currentItem(this.queue.getState())?.key;
    return (isStanding ? (this.#standing?.seconds ?? 0) : 0) * 1000;
  }

  /** The length that plays; before anything is loaded, the one that the catalogue states. */
  get durationMs(): number {
    const seconds = this.#engine?.durationSeconds;
    const stated = currentItem(this.queue.getState())?.track.durationMs ?? 0;
    return seconds !== undefined && Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : stated;
  }

  /** What really sounds, as of now. */
  get report(): SoundReport | null {
    return this.#engine?.report() ?? null;
  }

  get deskReport(): DeskReport | null {
    return this.#desk?.report() ?? null;
  }

  /** Hears all that is heard, until it is disconnected; null where the sound cannot be led through anything. */
  analyser(): AnalyserNode | null {
    return this.#desk?.graph()?.analyser() ?? null;
  }

  /** Of all that is heard, from 0 to 1. */
  fadeTo(factor: number): void {
    if (factor === this.#fade || !this.#audio) return;
    this.#fade = factor;
    this.#applyVolume(this.#audio);
  }

  /** Something will be played on this page, more likely than not. */
  warm(): void {
    this.#isWarm = true;
    if (this.#engine) this.#engine.warm();
    else void this.#bringEngine();
  }

  /** It is likely to be played next. */
  prepare(trackId: string): void {
    if (this.#engine) this.#engine.prepare(trackId);
    else void this.#bringEngine().then(() => this.#engine?.prepare(trackId));
  }

  seek(positionMs: number): void {
    const seconds = Math.min(Math.max(0, positionMs), this.durationMs) / 1000;
    if (this.#engine) this.#engine.seek(seconds);
    else if (this.#standing) this.#standing = { ...this.#standing, seconds };
  }

  /** Position ticks go to those who draw them, never through React state. */
  onTick(listener: () => void): () => void {
    this.#tickers.add(listener);
    return () => this.#tickers.delete(listener);
  }

  toggle(): void {
    const state = this.queue.getState();
    if (state.kind === 'empty') return;
    this.queue.dispatch({ type: 'intend', intent: state.intent === 'play' ? 'pause' : 'play' });
  }

  /** Within the first three seconds Previous means the track before; later it means this one again. */
  previous(): void {
    const state = this.queue.getState();
    if (state.kind === 'empty') return;
    if (this.positionMs > 3000 || state.index === 0) this.seek(0);
    else this.queue.dispatch({ type: 'previous' });
  }

  #askFrom(ask: GrantSource): void {
    this.queue.dispatch({ type: 'clear' });
    this.#engine?.forgetPrepared();
    this.#ask = ask;
  }

  /** Never rejects: what cannot be fetched now is fetched when something is to play. */
  async #bringEngine(): Promise<void> {
    const audio = this.#audio;
    const engine = await import('./engine').catch(() => null);
    if (!audio || audio !== this.#audio || this.#engine) return;
    if (!engine) {
      const state = this.queue.getState();
      if (state.kind === 'active')
        this.queue.dispatch({ type: 'failed', run: state.run, failure: 'offline' });
      return;
    }
    this.#engine = new engine.Engine(
      audio,
      (event) => this.#hear(event),
      () => this.#tick(),
      (trackIds, codec) => this.#ask(trackIds, codec),
      playingQuality,
    );
    const sounding = this.#engine;
    void this.#bringDesk(sounding);
    if (this.#standing) this.#engine.standAt(this.#standing);
    this.#standing = null;
    if (this.#isWarm) this.#engine.warm();
    this.#follow();
  }

  /** Without it everything sounds as it was decoded. Never rejects. */
  async #bringDesk(engine: Engine): Promise<void> {
    const desk = await import('../sound/sound-desk').catch(() => null);
    if (!desk || engine !== this.#engine) return;
    const attenuate = (factor: number): void => {
      if (factor === this.#attenuation) return;
      this.#attenuation = factor;
      this.#applyVolume(engine.audio);
    };
    this.#desk = new desk.SoundDesk(engine, this.queue, () => this.status.getState().heard, attenuate);
  }

  #follow(): void {
    const engine = this.#engine;
    if (!engine) {
      if (this.#wantsSound()) void this.#bringEngine();
      return;
    }
    const state = this.queue.getState();
    if (state.kind === 'empty') {
      this.#run = 0;
      engine.unload();
      return;
    }
    const item = currentItem(state);
    if (item && state.run !== this.#run) {
      this.#run = state.run;
      void engine.start(playingWindow(state), () => this.#wantsSound());
      return;
    }
    engine.follow(playingWindow(state));
    if (state.intent === 'play') engine.play();
    else engine.pause();
  }

  #tick(): void {
    this.#desk?.shape();
    for (const listener of this.#tickers) listener();
  }

  #wantsSound(): boolean {
    const state = this.queue.getState();
    return state.kind === 'active' && state.intent === 'play';
  }

  #applyVolume(audio: HTMLAudioElement): void {
    const { level, muted } = this.volume.getState();
    audio.volume = level * this.#attenuation * this.#fade;
    audio.muted = muted;
  }

  #tellOfDamage(trackId: string): void {
    const state = this.queue.getState();
    const item = state.kind === 'active' && state.items.find(({ track }) => track.id === trackId);
    if (item) this.queue.dispatch({ type: 'damaged', title: item.track.title });
  }

  /** Without a network the next track that is kept in this browser has its turn, where there is one. */
  #fail(failure: FailureKind): void {
    const kept =
      failure === 'offline' && upcomingItems(this.queue.getState()).find(({ track }) => isKept(track.id));
    if (kept) this.queue.dispatch({ type: 'jump', key: kept.key });
    else this.queue.dispatch({ type: 'failed', run: this.#run, failure });
  }

  #hear(event: EngineEvent): void {
    switch (event.type) {
      case 'started':
        this.queue.dispatch({ type: 'started' });
        break;
      case 'ended':
        this.queue.dispatch({ type: 'ended', key: event.key });
        break;
      case 'advanced':
        this.queue.dispatch({ type: 'advanced', key: event.key });
        break;
      case 'blocked':
        this.queue.dispatch({ type: 'intend', intent: 'pause' });
        break;
      case 'intent':
        this.queue.dispatch({ type: 'intend', intent: event.intent });
        break;
      case 'status':
        this.status.dispatch(event.update);
        break;
      case 'damaged':
        this.#tellOfDamage(event.trackId);
        break;
      case 'failed':
        this.#fail(event.failure);
        break;
    }
  }
}
