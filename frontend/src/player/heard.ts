import type { QueueItem, QueueState } from './queue-reducer';
import { currentItem } from './queue-reducer';

/** More than anybody looks through; the history holds the rest. */
const KEPT = 500;

export interface Heard {
  /** The newest first. */
  readonly items: readonly QueueItem[];
  /** The beginning that was counted last. */
  readonly turn: number;
}

export const NOTHING_HEARD: Heard = { items: [], turn: 0 };

/** Pure: what has sounded since the page was opened; a track that only waits has not. */
export const hearing = (heard: Heard, state: QueueState): Heard => {
  const item = currentItem(state);
  if (state.kind === 'empty' || item === null) return heard.turn === 0 ? heard : { ...heard, turn: 0 };
  const hasBegun = state.intent === 'play' && state.turn !== heard.turn;
  return hasBegun ? { items: [item, ...heard.items].slice(0, KEPT), turn: state.turn } : heard;
};
