import type { Edit } from './queue-parser';
import { endSeconds, placeItems, type GrantedItem, type PlacedItem } from './queue-timeline';
import { ITEMS_AFTER, leftBehind, unchangedCount } from './queue-window';

/** What a queue item says of its place: which it is, and of which track. */
export interface Wanted {
  readonly key: number;
  readonly track: { readonly id: string };
}

/** What lies on a timeline, and which of it sounds. */
export interface Lying {
  readonly placed: readonly PlacedItem[];
  readonly playing: number;
  /** Where it ends; null while more is to follow. */
  readonly closedAtSeconds: number | null;
}

/** What can be had of the tracks that are wanted. */
export interface Supply {
  find(trackId: string): GrantedItem | undefined;
  isBroken(trackId: string): boolean;
  isComing(trackId: string): boolean;
  isOutdated(item: GrantedItem): boolean;
}

export interface Laying extends Pick<Lying, 'placed' | 'playing'> {
  readonly edit: Edit;
  /** Something else lay there before. */
  readonly replaced: boolean;
  /** Also the item that sounds is laid anew, in its own place. */
  readonly fromTheFirst: boolean;
}

/** How the timeline has to change for what is wanted to follow; null when it lies there already. */
export const planLaying = (
  { placed, playing, closedAtSeconds }: Lying,
  wanted: readonly Wanted[],
  supply: Supply,
): Laying | null => {
  const ahead = placed.slice(playing);
  const kept = Math.min(unchangedCount(ahead, unbroken(wanted, supply)), upToOutdated(ahead, supply));
  const last = ahead[kept - 1];
  const [current] = ahead;
  // The one that sounds is laid anew only in its own place, when it lost a rung.
  if (!current || (!last && current.key !== wanted[0]?.key)) return null;
  const fromSeconds = last ? endSeconds(last) : current.startSeconds;
  const items = placeItems(available(wanted.slice(kept), supply), fromSeconds);
  if (!last && items.length === 0) return null;
  const next = wanted[kept + items.length];
  const isOpen = next ? supply.isComing(next.track.id) : wanted.length > ITEMS_AFTER;
  if (items.length === 0 && ahead.length === kept && isOpen === (closedAtSeconds === null)) return null;
  const gone = leftBehind(playing);
  const remaining = [...placed.slice(gone, playing + kept), ...items];
  return {
    placed: remaining,
    playing: playing - gone,
    edit: { items, fromSeconds, behindSeconds: remaining[0]?.startSeconds ?? 0, isOpen },
    replaced: ahead.length > kept,
    fromTheFirst: !last,
  };
};

/** What lies on the timeline already stays there only up to the first that is broken; what sounds, sounds. */
const unbroken = (wanted: readonly Wanted[], supply: Supply): readonly Wanted[] => {
  const at = wanted.findIndex(({ track }, index) => index > 0 && supply.isBroken(track.id));
  return at < 0 ? wanted : wanted.slice(0, at);
};

/** How many of the placed items play what they would play if they were laid now. */
const upToOutdated = (placed: readonly PlacedItem[], supply: Supply): number => {
  const at = placed.findIndex(({ item }) => supply.isOutdated(item));
  return at < 0 ? placed.length : at;
};

/** Up to the first that is not granted: what comes after it has no place yet. */
const available = (wanted: readonly Wanted[], supply: Supply) => {
  const found = wanted.map(({ key, track }) => ({ key, item: supply.find(track.id) }));
  const end = found.findIndex(({ item }) => item === undefined);
  return found.slice(0, end < 0 ? undefined : end).flatMap(({ key, item }) => (item ? [{ key, item }] : []));
};
