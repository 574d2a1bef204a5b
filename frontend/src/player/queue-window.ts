import { currentItem, type QueueItem, type QueueState } from './queue-reducer';

/** What of a queue stands on the timeline: enough to go back one and to edit freely, however long the queue is. */
export const ITEMS_BEFORE = 1;
export const ITEMS_AFTER = 20;

/** The item that sounds and those that will follow it by themselves: repeats come round again, failed ones are left out. */
export const playingWindow = (state: QueueState, after: number = ITEMS_AFTER): readonly QueueItem[] => {
  const current = currentItem(state);
  if (state.kind === 'empty' || !current) return [];
  const { items, index, repeat, failedKeys } = state;
  if (repeat === 'one') return Array.from({ length: after + 1 }, () => current);
  const reach = repeat === 'all' ? Infinity : items.length - 1 - index;
  const window: QueueItem[] = [current];
  // Once round without anything that can play is enough.
  for (
    let step = 1, barren = 0;
    step <= reach && window.length <= after && barren < items.length;
    step += 1
  ) {
    const item = items[(index + step) % items.length];
    if (!item || failedKeys.includes(item.key)) {
      barren += 1;
      continue;
    }
    barren = 0;
    window.push(item);
  }
  return window;
};

interface Keyed {
  readonly key: number;
}

/** How many of the placed items already are what is wanted: the rest has to be laid anew. */
export const unchangedCount = (placed: readonly Keyed[], wanted: readonly Keyed[]): number => {
  const at = wanted.findIndex(({ key }, index) => placed[index]?.key !== key);
  return at < 0 ? wanted.length : at;
};

/** Where an item that the listener goes to already stands: what sounds, then what follows, then the one before. */
export const placeOf = (placed: readonly Keyed[], playing: number, key: number): number => {
  const ahead = placed.findIndex((each, index) => index >= playing && each.key === key);
  return ahead >= 0 ? ahead : placed.findIndex((each) => each.key === key);
};

/** How many items at the front have been left behind for good. */
export const leftBehind = (playing: number): number => Math.max(0, playing - ITEMS_BEFORE);
