import { createStore } from '../player/store';
import type { Keeper } from './keeper';

/** The one of this page; null until it is open, and where nothing can be kept. */
export const keeperStore = createStore<{ readonly keeper: Keeper | null }, Keeper | null>(
  (_, keeper) => ({ keeper }),
  { keeper: null },
);

const PATIENCE_MS = 20_000;

/** Who presses a button before what is kept was opened waits for it. @throws Error where that takes too long */
export const openKeeper = (): Promise<Keeper> =>
  new Promise((resolve, reject) => {
    const { keeper } = keeperStore.getState();
    if (keeper) {
      resolve(keeper);
      return;
    }
    const limit = setTimeout(() => end(null), PATIENCE_MS);
    const stop = keeperStore.subscribe(() => end(keeperStore.getState().keeper));
    const end = (opened: Keeper | null): void => {
      clearTimeout(limit);
      stop();
      if (opened) resolve(opened);
      else reject(new Error('what is kept could not be opened'));
    };
  });
