import type { Player } from '../player/player';
import { currentItem, type QueueAction } from '../player/queue-reducer';
import { beginListen, endingOf, eventOf, hear, type Ending, type Listen } from './listen';
import type { Outbox } from './outbox';
import { randomId } from './random-id';

/** So much more was heard than what is kept: a page that dies loses no more of it. */
const KEEP_EVERY_MS = 10_000;

/** Listens to the player and writes down what was heard. */
export class PlayRecorder {
  #turn = 0;
  #listen: Listen | null = null;
  #keptMs = 0;

  constructor(
    private readonly player: Player,
    private readonly outbox: Outbox,
    private readonly onFinished: () => void,
  ) {}

  /** @returns what ends it; what sounds then is written down as far as it was heard */
  connect(): () => void {
    const leave = (): void => this.#finish('closed');
    addEventListener('pagehide', leave);
    const stops = [
      this.player.queue.subscribe((action) => this.#follow(action)),
      this.player.onTick(() => this.#tick()),
      () => removeEventListener('pagehide', leave),
    ];
    return () => {
      for (const stop of stops) stop();
      this.#finish('closed');
    };
  }

  #follow(action: QueueAction): void {
    const state = this.player.queue.getState();
    const turn = state.kind === 'active' ? state.turn : 0;
    if (turn === this.#turn && action.type !== 'failed') return;
    this.#finish(endingOf(action));
    this.#turn = turn;
  }

  /** A track counts from its first tick on, so that also what a page comes back to is heard as something new. */
  #tick(): void {
    const state = this.player.queue.getState();
    const item = currentItem(state);
    if (!item || state.kind === 'empty') return;
    const reading = { positionMs: this.player.positionMs, atMs: performance.now() };
    this.#listen ??= beginListen(randomId(), item.track.id, state.source);
    this.#listen = hear(this.#listen, reading, Date.now());
    if (this.#listen.playedMs - this.#keptMs >= KEEP_EVERY_MS) this.#keep(this.#listen);
  }

  #keep(listen: Listen): void {
    const event = eventOf(listen, 'closed');
    if (event === null) return;
    const isTakenOver = this.#keptMs > 0 && !this.outbox.isSounding(listen.id);
    this.#keptMs = listen.playedMs;
    if (isTakenOver) {
      this.#listen = { ...beginListen(randomId(), listen.trackId, listen.source), last: listen.last };
      this.#keptMs = 0;
    } else this.outbox.keepSounding(event, Date.now());
  }

  #finish(endedBy: Ending): void {
    const event = this.#listen && eventOf(this.#listen, endedBy);
    this.#listen = null;
    this.#keptMs = 0;
    if (!event) return;
    this.outbox.add(event);
    this.onFinished();
  }
}
