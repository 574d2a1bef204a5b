import { api } from '../api/client';
import type { Player } from '../player/player';
import { failureEvent, NOTHING_WATCHED, observe, type Experience } from './experience';

/** Small batches, seldom: the server allows twelve a minute. */
const EVERY_MS = 15_000;
const MOST = 50;

/** Tells the server's metrics how music arrives. Nothing waits for it, and what cannot be told is forgotten. */
export function reportExperience(player: Player): () => void {
  let watched = NOTHING_WATCHED;
  let waiting: Experience[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told = player.queue.getState().notice;
  const add = (events: readonly Experience[]): void => {
    if (events.length === 0) return;
    waiting = [...waiting, ...events].slice(-MOST);
    timer ??= setTimeout(send, EVERY_MS);
  };
  const send = (): void => {
    clearTimeout(timer);
    timer = undefined;
    const events = waiting;
    waiting = [];
    if (events.length > 0)
      api.POST('/api/playback/experience', { body: { events }, keepalive: true }).catch(() => undefined);
  };
  const watch = (): void => {
    const seen = observe(watched, player.status.getState(), performance.now());
    watched = seen.watched;
    add(seen.events);
  };
  const hear = (): void => {
    const { notice } = player.queue.getState();
    if (notice && notice !== told) add([failureEvent(notice.kind)]);
    told = notice;
  };
  addEventListener('pagehide', send);
  const stops = [player.status.subscribe(watch), player.queue.subscribe(hear)];
  return () => {
    for (const stop of stops) stop();
    removeEventListener('pagehide', send);
    send();
  };
}
