import type { QueueItem, QueueState } from '../player/queue-reducer';
import { followsOnAlbum } from './album-order';

/** Of the shorter of two tracks, more than this would be no join any more. */
const MOST_OF_TRACK = 1 / 3;
const SHORTEST_SECONDS = 0.5;

/** Seconds for which two tracks sound together; 0: one after the other, as the record or the repeat has it. */
export const overlapSeconds = (
  wantedSeconds: number,
  queue: QueueState,
  current: { readonly key: number; readonly seconds: number },
  next: { readonly key: number; readonly seconds: number },
): number => {
  if (queue.kind === 'empty' || queue.repeat === 'one') return 0;
  const find = (key: number): QueueItem | undefined => queue.items.find((item) => item.key === key);
  if (followsOnAlbum(find(current.key)?.track, find(next.key)?.track)) return 0;
  const seconds = Math.min(wantedSeconds, MOST_OF_TRACK * Math.min(current.seconds, next.seconds));
  return seconds < SHORTEST_SECONDS ? 0 : seconds;
};

/** Equal power: together two different sounds are as loud as either. */
export const fadeCurve = (direction: 'in' | 'out', steps = 64): Float32Array =>
  Float32Array.from({ length: steps }, (_, step) => {
    const share = step / (steps - 1);
    return Math.sin(((direction === 'in' ? share : 1 - share) * Math.PI) / 2);
  });
