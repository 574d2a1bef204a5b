import { Engine, type EngineEvent } from './engine';
import { failureOf } from './failure';
import { bindMediaSession } from './media-session';
import { IDLE, updateStatus, type PlaybackStatus } from './playback-status';
import { currentItem, EMPTY_QUEUE, queueReducer, type QueueAction, type QueueState } from './queue-reducer';
import { accountGrants, type GrantSource } from './queue-grants';
import { playingWindow } from './queue-window';
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
  readonly #tickers = new Set<() => void>();
  #ask: GrantSource = accountGrants;
  #engine: Engine | null = null;
  #run = 0;

  connect(): () => void {
    const engine = new Engine(
      (event) => this.#hear(event),
      () => this.#tick(),
      (trackIds, codec) => this.#ask(trackIds, codec),
    );
    this.#engine = engine;
    const stops = [
      this.queue.subscribe(() => this.#follow(engine)),
      this.volume.subscribe(() => this.#applyVolume(engine)),
      bindMediaSession(this),
    ];
    this.#applyVolume(engine);
    return () => {
      for (const stop of stops) stop();
      this.#engine = null;
      this.#run = 0;
      void engine.destroy();
    };
  }

  /** Whom it asks for what it plays from now on; what is in the queue came from somebody else, and leaves it. */
  listenBy(ask: GrantSource): () => void {
    this.queue.dispatch({ type: 'clear' });
    this.#ask = ask;
    return () => {
      this.queue.dispatch({ type: 'clear' });
      this.#ask = accountGrants;
    };
  }

  /** Takes up a queue from elsewhere, where nothing is in this one; it sounds when the listener wishes. */
  resume(queue: Omit<Extract<QueueAction, { type: 'restore' }>, 'type'>, positionMs: number): void {
    const key = queue.items[queue.index]?.key;
    if (this.queue.getState().kind === 'active' || key === undefined) return;
    this.#engine?.standAt(key, positionMs / 1000);
    this.queue.dispatch({ type: 'restore', ...queue });
    this.#tick();
  }

  get positionMs(): number {
    return (this.#engine?.positionSeconds ?? 0) * 1000;
  }

  /** The length that plays; before anything is loaded, the one that the catalogue states. */
  get durationMs(): number {
    const seconds = this.#engine?.durationSeconds;
    const stated = currentItem(this.queue.getState())?.track.durationMs ?? 0;
    return seconds !== undefined && Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : stated;
  }

  seek(positionMs: number): void {
    this.#engine?.seek(Math.min(Math.max(0, positionMs), this.durationMs) / 1000);
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

  #follow(engine: Engine): void {
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
    for (const listener of this.#tickers) listener();
  }

  #wantsSound(): boolean {
    const state = this.queue.getState();
    return state.kind === 'active' && state.intent === 'play';
  }

  #applyVolume(engine: Engine): void {
    const { level, muted } = this.volume.getState();
    engine.audio.volume = level;
    engine.audio.muted = muted;
    keepVolume(this.volume.getState());
  }

  #tellOfDamage(trackId: string): void {
    const state = this.queue.getState();
    const item = state.kind === 'active' && state.items.find(({ track }) => track.id === trackId);
    if (item) this.queue.dispatch({ type: 'damaged', title: item.track.title });
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
        this.queue.dispatch({ type: 'failed', run: this.#run, failure: failureOf(event.error) });
        break;
    }
  }
}
