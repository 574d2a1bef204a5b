import type { TrackSummary } from '../api/client';
import { mainArtists } from '../components/credit-text';
import type { FailureKind } from './failure';
import { insertedAfter, movedBlock, putBack, takenOut, type TakenOut } from './queue-edits';
import { shuffledUpcoming } from './shuffle';

/** `key` is the place in the order that was asked for: a track may stand in the queue twice. */
export interface QueueItem {
  readonly key: number;
  readonly track: TrackSummary;
}

export type QueueSource =
  | { readonly kind: 'album' | 'artist' | 'playlist'; readonly id: string; readonly name: string }
  | { readonly kind: 'library' | 'search' | 'home' | 'likes' | 'history' | 'discoverWeekly' };

export type RepeatMode = 'off' | 'all' | 'one';

export interface Notice {
  readonly title: string;
  readonly kind: FailureKind | 'damaged';
  readonly skippedTo: string | null;
}

/** What was taken out last, until something else begins: it can be put back. */
interface Removal {
  readonly items: readonly TakenOut<QueueItem>[];
  readonly asked: readonly TakenOut<{ readonly key: number }>[];
  readonly source: QueueSource;
}

interface Always {
  readonly repeat: RepeatMode;
  readonly shuffled: boolean;
  readonly nextKey: number;
  readonly notice: Notice | null;
  readonly removal: Removal | null;
}

/**
 * `run` counts starts: the engine loads whenever it changes, also when the same track begins again. `turn` counts
 * beginnings, by a start as by a join.
 */
export type QueueState =
  | (Always & { readonly kind: 'empty' })
  | (Always & {
      readonly kind: 'active';
      readonly items: readonly QueueItem[];
      readonly index: number;
      readonly source: QueueSource;
      readonly intent: 'play' | 'pause';
      readonly run: number;
      readonly turn: number;
      readonly failedKeys: readonly number[];
      /** Nothing is loaded any more: the next wish to play starts the track anew. */
      readonly halted: boolean;
      /** While shuffled: the keys in the order that was asked for. Else empty. */
      readonly asked: readonly number[];
    });

export type QueueAction =
  | {
      readonly type: 'play';
      readonly tracks: readonly TrackSummary[];
      readonly startAt: number;
      readonly source: QueueSource;
      readonly seed?: number;
    }
  | {
      readonly type: 'add';
      readonly tracks: readonly TrackSummary[];
      readonly source: QueueSource;
      /** Behind what sounds, not behind everything. */
      readonly next?: boolean;
    }
  /** What was playing elsewhere, or before a reload: it waits for the listener's wish, and takes the place of nothing. */
  | {
      readonly type: 'restore';
      readonly items: readonly QueueItem[];
      readonly index: number;
      readonly source: QueueSource;
      readonly repeat: RepeatMode;
      readonly shuffled: boolean;
    }
  | { readonly type: 'remove'; readonly keys: readonly number[] }
  /** What was removed last comes back to where it stood; what sounds by now goes on. */
  | { readonly type: 'undo' }
  /** As one block in front of an item, or to the end. */
  | { readonly type: 'move'; readonly keys: readonly number[]; readonly before: number | null }
  /** One item went over into the next without a break: nothing has to be started. */
  | { readonly type: 'advanced'; readonly key: number }
  | { readonly type: 'jump'; readonly key: number }
  | { readonly type: 'intend'; readonly intent: 'play' | 'pause' }
  | { readonly type: 'skip' | 'previous' | 'started' | 'clear' }
  /** An item was heard to its end, and nothing followed it by itself; null where only the current one can be meant. */
  | { readonly type: 'ended'; readonly key: number | null }
  | { readonly type: 'dismiss' }
  /** A part of the track will not be heard; it plays on. */
  | { readonly type: 'damaged'; readonly title: string }
  | { readonly type: 'failed'; readonly run: number; readonly failure: FailureKind }
  | { readonly type: 'repeat'; readonly mode: RepeatMode }
  | { readonly type: 'shuffle'; readonly seed: number };

type Active = Extract<QueueState, { kind: 'active' }>;

export const EMPTY_QUEUE: QueueState = {
  kind: 'empty',
  repeat: 'off',
  shuffled: false,
  nextKey: 0,
  notice: null,
  removal: null,
};

export const currentItem = (state: QueueState): QueueItem | null =>
  state.kind === 'active' ? (state.items[state.index] ?? null) : null;

export const upcomingItems = (state: QueueState): readonly QueueItem[] =>
  state.kind === 'active' ? state.items.slice(state.index + 1) : [];

const emptied = (state: QueueState): QueueState => ({
  ...EMPTY_QUEUE,
  repeat: state.repeat,
  nextKey: state.nextKey,
});

const startAt = (state: Active, index: number, intent: 'play' | 'pause' = 'play'): Active => ({
  ...state,
  index,
  intent,
  run: state.run + 1,
  turn: state.turn + 1,
  halted: false,
});

/** Shuffling keeps them apart: whoever performs first, or else the album. */
const groupOf = ({ track }: QueueItem): string => mainArtists(track.artists)[0]?.id ?? track.album.id;

const keysOf = (items: readonly QueueItem[]): readonly number[] => items.map(({ key }) => key);

const asKeyed = (keys: readonly number[]) => keys.map((key) => ({ key }));

/** The same track sounds, wherever it now stands. */
const rearranged = (state: Active, items: readonly QueueItem[]): Active => {
  const current = currentItem(state)?.key;
  return { ...state, items, index: items.findIndex(({ key }) => key === current) };
};

const keyed = (state: QueueState, tracks: readonly TrackSummary[]): QueueItem[] =>
  tracks.map((track, i) => ({ key: state.nextKey + i, track }));

/** The next track that has not failed since something last played, so a row of broken files cannot go round for ever. */
const nextPlayable = (state: Active): number | null => {
  const { items, index, repeat, failedKeys } = state;
  const reach = repeat === 'off' ? items.length - 1 - index : items.length;
  for (let step = 1; step <= reach; step += 1) {
    const candidate = (index + step) % items.length;
    const item = items[candidate];
    if (item && !failedKeys.includes(item.key)) return candidate;
  }
  return null;
};

const advance = (state: Active): Active => {
  const next = nextPlayable(state);
  return next === null ? startAt(state, state.index, 'pause') : startAt(state, next);
};

/** Without a network or a right to listen every track would fail, one after the other: wait instead. */
const HALTING: readonly FailureKind[] = ['offline', 'forbidden'];

/** A folder that went away fails file by file: after this many in a row the next one would fail too. */
const PATIENCE = 5;

const fail = (state: Active, kind: FailureKind): Active => {
  const broken = currentItem(state);
  if (!broken) return state;
  if (HALTING.includes(kind)) {
    const notice: Notice = { title: broken.track.title, kind, skippedTo: null };
    return { ...state, notice, intent: 'pause', halted: true };
  }
  const marked = { ...state, failedKeys: [...state.failedKeys, broken.key] };
  const next = marked.failedKeys.length < PATIENCE ? nextPlayable(marked) : null;
  const skippedTo = next === null ? null : (state.items[next]?.track.title ?? null);
  const notice: Notice = { title: broken.track.title, kind, skippedTo };
  return next === null
    ? { ...marked, notice, intent: 'pause', halted: true }
    : { ...startAt(marked, next), notice };
};

const remove = (state: Active, keys: readonly number[]): QueueState => {
  const gone = new Set(keys);
  const items = state.items.filter(({ key }) => !gone.has(key));
  if (items.length === state.items.length) return state;
  const asked = state.asked.filter((key) => !gone.has(key));
  const removal: Removal = {
    items: takenOut(state.items, gone),
    asked: takenOut(asKeyed(state.asked), gone),
    source: state.source,
  };
  if (items.length === 0) return { ...emptied(state), removal };
  const left: Active = { ...state, items, asked, removal };
  const earlier = state.items.slice(0, state.index).filter(({ key }) => gone.has(key)).length;
  const index = state.index - earlier;
  if (!gone.has(currentItem(state)?.key ?? -1)) return { ...left, index };
  const wasLast = index >= items.length;
  return startAt(left, wasLast ? items.length - 1 : index, wasLast ? 'pause' : state.intent);
};

const undo = (state: QueueState): QueueState => {
  const { removal } = state;
  if (removal === null) return state;
  if (state.kind === 'active') {
    const asked = keysAsked(state, removal);
    return { ...rearranged(state, putBack(state.items, removal.items)), asked, removal: null };
  }
  // Everything had been taken out, and nothing sounds: it waits for the listener's wish.
  const items = removal.items.map(({ item }) => item);
  const shuffled = removal.asked.length > 0;
  const { source } = removal;
  return {
    ...restore(state, { type: 'restore', items, index: 0, source, repeat: state.repeat, shuffled }),
    removal: null,
  };
};

/** What was taken out of a shuffled queue is asked for where it was; of another one, behind everything. */
const keysAsked = (state: Active, { items, asked }: Removal): readonly number[] => {
  if (!state.shuffled) return [];
  const back: readonly TakenOut<{ readonly key: number }>[] =
    asked.length > 0 ? asked : items.map(({ item: { key } }) => ({ item: { key }, before: null }));
  return putBack(asKeyed(state.asked), back).map(({ key }) => key);
};

const add = (state: Active, { tracks, next = false }: Extract<QueueAction, { type: 'add' }>): Active => {
  const added = keyed(state, tracks);
  const current = currentItem(state)?.key ?? -1;
  const behind = next ? current : -1;
  const asked = state.shuffled
    ? insertedAfter(asKeyed(state.asked), behind, asKeyed(keysOf(added))).map(({ key }) => key)
    : [];
  return {
    ...state,
    items: insertedAfter(state.items, behind, added),
    asked,
    nextKey: state.nextKey + added.length,
  };
};

const toggleShuffle = (state: Active, seed: number): Active => {
  if (!state.shuffled) {
    const items = shuffledUpcoming(state.items, state.index, seed, groupOf);
    return { ...state, shuffled: true, asked: keysOf(state.items), items };
  }
  const placeOf = new Map(state.asked.map((key, place) => [key, place]));
  const items = state.items.toSorted((a, b) => (placeOf.get(a.key) ?? 0) - (placeOf.get(b.key) ?? 0));
  return { ...rearranged(state, items), shuffled: false, asked: [] };
};

const play = (state: QueueState, action: Extract<QueueAction, { type: 'play' }>): QueueState => {
  if (action.tracks.length === 0) return state;
  const index = Math.min(Math.max(action.startAt, 0), action.tracks.length - 1);
  const items = keyed(state, action.tracks);
  const shuffled = action.seed !== undefined;
  return {
    kind: 'active',
    items: action.seed === undefined ? items : shuffledUpcoming(items, -1, action.seed, groupOf),
    asked: shuffled ? keysOf(items) : [],
    index: shuffled ? 0 : index,
    source: action.source,
    intent: 'play',
    run: state.kind === 'active' ? state.run + 1 : 1,
    turn: state.kind === 'active' ? state.turn + 1 : 1,
    failedKeys: [],
    halted: false,
    repeat: state.repeat,
    shuffled,
    nextKey: state.nextKey + items.length,
    notice: null,
    removal: null,
  };
};

const restore = (state: QueueState, action: Extract<QueueAction, { type: 'restore' }>): QueueState => {
  const { items, index, source, repeat, shuffled } = action;
  if (state.kind === 'active' || items[index] === undefined) return state;
  return {
    ...state,
    kind: 'active',
    items,
    index,
    source,
    repeat,
    shuffled,
    asked: shuffled ? keysOf(items).toSorted((a, b) => a - b) : [],
    intent: 'pause',
    run: 0,
    turn: 0,
    failedKeys: [],
    halted: true,
    nextKey: items.reduce((next, { key }) => Math.max(next, key + 1), state.nextKey),
  };
};

/** Pure: what the listener plays now and next. Sound, network and media session follow from it elsewhere. */
export function queueReducer(state: QueueState, action: QueueAction): QueueState {
  switch (action.type) {
    case 'play':
      return play(state, action);
    case 'repeat':
      return { ...state, repeat: action.mode };
    case 'dismiss':
      return { ...state, notice: null };
    case 'damaged':
      return { ...state, notice: { title: action.title, kind: 'damaged', skippedTo: null } };
    case 'restore':
      return restore(state, action);
    case 'add':
      if (state.kind === 'empty') return play(state, { ...action, type: 'play', startAt: 0 });
      return action.tracks.length === 0 ? state : add(state, action);
    case 'undo':
      return undo(state);
    case 'remove':
    case 'move':
    case 'advanced':
    case 'jump':
    case 'intend':
    case 'skip':
    case 'previous':
    case 'ended':
    case 'started':
    case 'clear':
    case 'failed':
    case 'shuffle':
      return state.kind === 'empty' ? state : activeReducer(state, action);
  }
}

function activeReducer(
  state: Active,
  action: Exclude<
    QueueAction,
    { type: 'play' | 'restore' | 'repeat' | 'dismiss' | 'damaged' | 'add' | 'undo' }
  >,
): QueueState {
  switch (action.type) {
    case 'clear':
      return emptied(state);
    case 'remove':
      return remove(state, action.keys);
    case 'move':
      return rearranged(state, movedBlock(state.items, new Set(action.keys), action.before));
    case 'advanced': {
      const at = state.items.findIndex((item) => item.key === action.key);
      // Taken out of the queue in the moment of the join: what follows it is started the ordinary way.
      if (at < 0) return advance(state);
      return { ...state, index: at, turn: state.turn + 1, failedKeys: [] };
    }
    case 'jump': {
      const at = state.items.findIndex((item) => item.key === action.key);
      return at < 0 ? state : startAt({ ...state, failedKeys: [], notice: null }, at);
    }
    case 'intend':
      if (action.intent === 'play' && state.halted)
        return startAt({ ...state, failedKeys: [], notice: null }, state.index);
      return state.intent === action.intent ? state : { ...state, intent: action.intent };
    case 'started':
      return state.failedKeys.length === 0 ? state : { ...state, failedKeys: [] };
    case 'skip':
      return advance(state);
    // `ended` honours repeat-one; `skip` does not: a listener who presses Next wants the next track.
    case 'ended':
      // Laid too late to follow: the queue has gone over into it, and no sound has.
      if (action.key !== null && action.key !== currentItem(state)?.key) return startAt(state, state.index);
      return state.repeat === 'one' ? startAt(state, state.index) : advance(state);
    case 'previous':
      return startAt(state, Math.max(0, state.index - 1));
    case 'failed':
      return action.run === state.run ? fail(state, action.failure) : state;
    case 'shuffle':
      return toggleShuffle(state, action.seed);
  }
}
