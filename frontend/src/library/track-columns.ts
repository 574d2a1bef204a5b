import type { TrackSort } from '../api/client';

export const COLUMNS: readonly {
  readonly key: 'title' | 'artist' | 'album' | 'added' | 'master' | 'time';
  readonly sort: TrackSort | null;
}[] = [
  { key: 'title', sort: 'title' },
  { key: 'artist', sort: 'artist' },
  { key: 'album', sort: null },
  { key: 'added', sort: 'added' },
  { key: 'master', sort: null },
  { key: 'time', sort: null },
];
