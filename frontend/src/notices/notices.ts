import { createStore, type Store } from '../player/store';

/** What was done, in a sentence that is written already, and the way back where there is one. */
export interface Note {
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** One at a time: the newest is what the listener did last. */
export const notes: Store<Note | null, Note | null> = createStore<Note | null, Note | null>(
  (_, next) => next,
  null,
);

export const notify = (note: Note): void => notes.dispatch(note);
