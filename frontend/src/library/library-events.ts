import type { QueryClient } from '@tanstack/react-query';
import type { LibraryStatus } from '../api/client';
import { statusQuery } from '../api/queries';

const POLL_MS = 4000;
/** A scan changes the catalogue many times a second; the pages follow in steps that a reader can bear. */
const CATALOG_PAUSE_MS = 3000;

const isStatus = (value: unknown): value is LibraryStatus =>
  typeof value === 'object' &&
  value !== null &&
  'scanning' in value &&
  'files' in value &&
  'libraries' in value;

const parsed = (data: unknown): unknown => {
  if (typeof data !== 'string') return null;
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
};

/** Keeps status and catalogue fresh from the server's events; asks every few seconds where events do not come through. */
export function followLibrary(queries: QueryClient): () => void {
  const source = new EventSource('/api/events');
  let poll: ReturnType<typeof setInterval> | undefined;
  let pause: ReturnType<typeof setTimeout> | undefined;

  const refreshStatus = () => void queries.invalidateQueries({ queryKey: statusQuery.queryKey });
  const refreshCatalog = () => {
    pause ??= setTimeout(() => {
      pause = undefined;
      void queries.invalidateQueries({ queryKey: ['catalog'] });
    }, CATALOG_PAUSE_MS);
  };
  const stopPolling = () => {
    clearInterval(poll);
    poll = undefined;
  };

  source.addEventListener('library', (event) => {
    const status = parsed(event.data);
    if (isStatus(status)) queries.setQueryData(statusQuery.queryKey, status);
  });
  source.addEventListener('catalog', refreshCatalog);
  source.addEventListener('open', stopPolling);
  source.addEventListener('error', () => {
    poll ??= setInterval(refreshStatus, POLL_MS);
  });
  return () => {
    source.close();
    stopPolling();
    clearTimeout(pause);
  };
}
