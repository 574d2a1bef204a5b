'use client';
import { useSyncExternalStore } from 'react';

const listen = (changed: () => void): (() => void) => {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
};

/** What stands behind the #: no server and no log ever sees it. Null until the page runs. */
export const useAddressTail = (): string | null =>
  useSyncExternalStore(
    listen,
    () => location.hash.slice(1),
    () => null,
  );
