import { notes } from './notices';

interface Deed {
  readonly text: string;
  /** What stands on the button that keeps it from happening. */
  readonly undo: string;
  readonly act: () => void;
  readonly back: () => void;
}

/**
 * What cannot be taken back on the server happens only when the notice that offers the way back has gone: by itself,
 * for another notice, or with the page.
 */
export function doAfterNotice({ text, undo, act, back }: Deed): void {
  let isOver = false;
  const end = (how: () => void): void => {
    if (isOver) return;
    isOver = true;
    stop();
    removeEventListener('pagehide', leave);
    how();
  };
  const leave = (): void => end(act);
  const note = { text, action: { label: undo, run: () => end(back) } };
  notes.dispatch(note);
  // A press on the button takes the notice away before it acts: that is not the end of it yet.
  const stop = notes.subscribe(() => {
    if (notes.getState() !== note) queueMicrotask(() => end(act));
  });
  addEventListener('pagehide', leave);
}
