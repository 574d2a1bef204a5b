import { readPreference, writePreference } from '../frame/preference';
import { createStore } from '../player/store';

const KEPT = 8;

const keyOf = (userId: string): string => `kanade.searches.${userId}`;

/** The newest first, once each; what is another one's beginning was only on the way there. */
export const withSearch = (before: readonly string[], q: string): readonly string[] => {
  const words = q.trim();
  if (words === '') return before;
  const lower = words.toLowerCase();
  return [words, ...before.filter((each) => !lower.startsWith(each.toLowerCase()))].slice(0, KEPT);
};

/** What stands in the browser may be anything. */
export const readSearches = (stored: string | null): readonly string[] => {
  try {
    const value: unknown = JSON.parse(stored ?? '[]');
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string').slice(0, KEPT) : [];
  } catch {
    return [];
  }
};

/** Counts the changes: whoever shows the searches reads them anew. */
const changes = createStore((count: number, by: 1) => count + by, 0);

export const onSearches = changes.subscribe;
export const searchesOf = (userId: string): string | null => readPreference(keyOf(userId));

const keep = (userId: string, searches: readonly string[]): void => {
  writePreference(keyOf(userId), JSON.stringify(searches));
  changes.dispatch(1);
};

/** A search is worth keeping once something that it found was chosen. */
export const keepSearch = (userId: string, q: string): void =>
  keep(userId, withSearch(readSearches(searchesOf(userId)), q));
export const forgetSearches = (userId: string): void => keep(userId, []);
