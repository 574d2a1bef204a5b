import type { SharedMusic, TrackSummary } from '../api/client';

type SharedTrack = SharedMusic['items'][number];

/** As the queue knows tracks: names without a way to their pages, which only those with an account have. */
export const playableTrack = ({ id, title, durationMs, artists, album }: SharedTrack): TrackSummary => ({
  id,
  title,
  durationMs,
  trackNumber: null,
  discNumber: null,
  album: { id: '', title: album },
  artists: artists.map((name) => ({ id: '', name, role: 'performer' })),
  year: null,
  artwork: null,
  master: null,
  state: 'ready',
  addedAt: '',
});

export const namesOf = (names: readonly string[]): string => names.join(', ');
