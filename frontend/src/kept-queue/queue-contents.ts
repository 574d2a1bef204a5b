import type { QueueBody, QueuedTrack, SavedQueue } from '../api/client';
import type { QueueItem, QueueSource, QueueState } from '../player/queue-reducer';

type Active = Extract<QueueState, { kind: 'active' }>;
type Contents = Omit<QueueBody, 'revision' | 'positionMs' | 'device'>;

/** Pure: the queue as the server keeps it, in the order that was asked for, with the order of play beside it. */
export const contentsOf = (state: QueueState): Contents => {
  if (state.kind === 'empty')
    return { trackIds: [], shuffleOrder: null, index: null, repeat: state.repeat, source: null };
  const asked = askedFor(state);
  const placeOf = new Map(asked.map(({ key }, place) => [key, place]));
  return {
    trackIds: asked.map(({ track }) => track.id),
    shuffleOrder: state.shuffled ? state.items.map(({ key }) => placeOf.get(key) ?? 0) : null,
    index: state.index,
    repeat: state.repeat,
    source: state.source,
  };
};

const askedFor = ({ items, shuffled, asked }: Active): readonly QueueItem[] => {
  if (!shuffled) return items;
  const placeOf = new Map(asked.map((key, place) => [key, place]));
  return items.toSorted((a, b) => (placeOf.get(a.key) ?? 0) - (placeOf.get(b.key) ?? 0));
};

export interface Resumed {
  readonly items: readonly QueueItem[];
  readonly index: number;
  readonly source: QueueSource;
  readonly repeat: SavedQueue['repeat'];
  readonly shuffled: boolean;
  /** In the track at `index`. */
  readonly positionMs: number;
}

/**
 * Pure: what of a kept queue can still be heard, and where in it its listener was; null where nothing is left. Where
 * the track itself is gone, what follows it takes its place, from its beginning.
 */
export const resumedFrom = (saved: SavedQueue, tracks: readonly QueuedTrack[]): Resumed | null => {
  const trackAt = new Map(tracks.map(({ place, track }) => [place, track]));
  const order = saved.shuffleOrder ?? saved.trackIds.map((_, place) => place);
  const heard = order.flatMap((place, at) => {
    const track = trackAt.get(place);
    return track ? [{ at, item: { key: place, track } }] : [];
  });
  if (saved.index === null || heard.length === 0) return null;
  const wanted = saved.index;
  const found = heard.findIndex(({ at }) => at >= wanted);
  const index = found < 0 ? heard.length - 1 : found;
  return {
    items: heard.map(({ item }) => item),
    index,
    source: sourceOf(saved.source),
    repeat: saved.repeat,
    shuffled: saved.shuffleOrder !== null,
    positionMs: heard[index]?.at === wanted ? saved.positionMs : 0,
  };
};

const PLAIN = ['library', 'search', 'home', 'likes', 'history', 'discoverWeekly'] as const;

const isNamed = (kind: string): kind is 'album' | 'artist' | 'playlist' =>
  kind === 'album' || kind === 'artist' || kind === 'playlist';

/** Another client may have names of its own for where music comes from. */
const sourceOf = (source: SavedQueue['source']): QueueSource => {
  const { kind = '', id, name } = source ?? {};
  if (isNamed(kind) && id !== undefined && name !== undefined) return { kind, id, name };
  return { kind: PLAIN.find((known) => known === kind) ?? 'library' };
};
