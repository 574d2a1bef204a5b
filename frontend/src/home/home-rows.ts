import type { AlbumSummary, Home, HomeRow, TrackSummary } from '../api/client';

/** As many as the server puts into a row. */
export const ROW_LENGTH = 20;

type Kind = HomeRow['kind'];

export const rowOf = (home: Home | undefined, kind: Kind): HomeRow | undefined =>
  home?.rows.find((row) => row.kind === kind);

export const newAlbumsOf = (home: Home): readonly AlbumSummary[] => {
  const row = rowOf(home, 'recentlyAdded');
  return row?.type === 'album' ? row.items : [];
};

export const newTracksOf = (home: Home): readonly TrackSummary[] => {
  const row = rowOf(home, 'newTracks');
  return row?.type === 'track' ? row.items : [];
};
