import type { TrackSummary } from '../api/client';

type Placed = Pick<TrackSummary, 'album' | 'discNumber' | 'trackNumber'>;

/** Whether a track comes next on the album that the one before is of: there the record decides how they join. */
export const followsOnAlbum = (before: Placed | undefined, after: Placed | undefined): boolean => {
  if (!before || !after || before.album.id !== after.album.id) return false;
  if (before.trackNumber === null || after.trackNumber === null) return false;
  const discs = (after.discNumber ?? 1) - (before.discNumber ?? 1);
  return discs === 0 ? after.trackNumber === before.trackNumber + 1 : discs === 1 && after.trackNumber === 1;
};
