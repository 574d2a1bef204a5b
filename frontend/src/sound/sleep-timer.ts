import { createStore } from '../player/store';
import type { QueueAction, QueueState } from '../player/queue-reducer';
import type { Store } from '../player/store';

export const SLEEP_MINUTES = [5, 15, 30, 45, 60, 90] as const;

export type Sleep =
  | { readonly kind: 'off' | 'track' | 'album' }
  | { readonly kind: 'minutes'; readonly minutes: number; readonly endsAtMs: number };

/** Of this page alone: who comes back tomorrow does not want yesterday's timer. */
export const sleepStore = createStore((_: Sleep, to: Sleep): Sleep => to, { kind: 'off' });

/** The sound is let go of this gently. */
export const FADE_MS = 10_000;

interface Slept {
  readonly queue: Store<QueueState, QueueAction>;
  readonly positionMs: number;
  readonly durationMs: number;
  onTick(listener: () => void): () => void;
  /** Of all that is heard, from 0 to 1. */
  fadeTo(factor: number): void;
}

/** Whether the track that sounds is the last of its album in this queue. */
const endsAlbum = (queue: QueueState): boolean => {
  if (queue.kind === 'empty') return true;
  const [here, after] = [queue.items[queue.index], queue.items[queue.index + 1]];
  return here?.track.album.id !== after?.track.album.id;
};

/** How much longer it sounds; null while that is not known yet. */
export const leftMs = (
  sleep: Sleep,
  nowMs: number,
  trackLeftMs: number,
  isLastOfAlbum: boolean,
): number | null => {
  switch (sleep.kind) {
    case 'off':
      return null;
    case 'minutes':
      return sleep.endsAtMs - nowMs;
    case 'track':
      return trackLeftMs;
    case 'album':
      return isLastOfAlbum ? trackLeftMs : null;
  }
};

/** Lets a player fall asleep. Returns what ends it. */
export function bindSleep(player: Slept): () => void {
  /** The last track that it may sound for has begun to end. */
  let falling = false;
  const rest = (): void => {
    falling = false;
    sleepStore.dispatch({ kind: 'off' });
    player.queue.dispatch({ type: 'intend', intent: 'pause' });
    player.fadeTo(1);
  };
  const watch = (): void => {
    const sleep = sleepStore.getState();
    const queue = player.queue.getState();
    if (sleep.kind === 'off') {
      if (falling) player.fadeTo(1);
      falling = false;
      return;
    }
    if (queue.kind === 'empty' || queue.intent !== 'play') return;
    const left = leftMs(sleep, Date.now(), player.durationMs - player.positionMs, endsAlbum(queue));
    falling = left !== null && left < FADE_MS;
    player.fadeTo(falling ? Math.max(0, left ?? 0) / FADE_MS : 1);
    if (sleep.kind === 'minutes' && left !== null && left <= 0) rest();
  };
  const stops = [
    player.onTick(watch),
    sleepStore.subscribe(watch),
    player.queue.subscribe(({ type }) => {
      const { kind } = sleepStore.getState();
      if (falling && (kind === 'track' || kind === 'album') && (type === 'advanced' || type === 'ended'))
        rest();
    }),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
