import type { TrackSummary } from './client';

/** For specs: a track of which its name matters, or what is said of it besides. */
export const trackForSpecs = (title: string, more: Partial<TrackSummary> = {}): TrackSummary => ({
  id: `id-${title}`,
  title,
  durationMs: 180_000,
  trackNumber: 1,
  discNumber: 1,
  album: { id: 'album', title: 'Album' },
  artists: [],
  year: null,
  artwork: null,
  master: null,
  state: 'ready',
  addedAt: '2026-01-01T00:00:00Z',
  ...more,
});
