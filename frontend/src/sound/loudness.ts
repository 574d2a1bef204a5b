import type { QueueItem, QueueState } from '../player/queue-reducer';
import { followsOnAlbum } from './album-order';
import type { LoudnessMode } from './sound-settings';

/** What both gains lead to; the server computes them (docs/contract.md). */
export const TARGET_LUFS = -18;

/** What a grant tells of a track's loudness: gains that no true peak is lifted beyond -1 dBTP by. */
export interface Gains {
  readonly gainDb: number;
  readonly albumGainDb: number | null;
}

/** An album in order keeps its own louds and softs; anything else is a row of tracks that were never made to fit. */
const isAlbumInOrder = (items: readonly QueueItem[], at: number): boolean => {
  const [before, here, after] = [items[at - 1], items[at], items[at + 1]];
  return followsOnAlbum(before?.track, here?.track) || followsOnAlbum(here?.track, after?.track);
};

/** Which of the two gains an item is heard with. */
export const gainKindOf = (mode: LoudnessMode, queue: QueueState, key: number): 'off' | 'track' | 'album' => {
  if (mode !== 'auto') return mode;
  if (queue.kind === 'empty') return 'track';
  const at = queue.items.findIndex((item) => item.key === key);
  return isAlbumInOrder(queue.items, at) ? 'album' : 'track';
};

/** By how much it is turned up or down. */
export const chosenGainDb = (kind: 'off' | 'track' | 'album', { gainDb, albumGainDb }: Gains): number => {
  if (kind === 'off') return 0;
  return kind === 'album' ? (albumGainDb ?? gainDb) : gainDb;
};

export const factorOf = (gainDb: number): number => 10 ** (gainDb / 20);
