import { createStore } from '../player/store';
import type { Collection } from './kept';

export type Activity = 'idle' | 'running' | 'paused' | 'waiting' | 'full';

/** What is shown of the offline library, whoever has opened it. */
export interface OfflineState {
  readonly isOpen: boolean;
  readonly collections: readonly Collection[];
  /** Those that are there as a whole, and how much they take. */
  readonly whole: ReadonlyMap<string, number>;
  /** The server lets us keep these no more, or cannot make them. */
  readonly refused: ReadonlySet<string>;
  readonly activity: Activity;
  /** The track that is on its way, and how far it has come (0 to 1). */
  readonly current: { readonly trackId: string; readonly share: number } | null;
}

export const CLOSED: OfflineState = {
  isOpen: false,
  collections: [],
  whole: new Map(),
  refused: new Set(),
  activity: 'idle',
  current: null,
};

export const offlineState = createStore<OfflineState, Partial<OfflineState>>(
  (now, to) => ({ ...now, ...to }),
  CLOSED,
);
