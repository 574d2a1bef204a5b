import type { ArtworkFormat, ArtworkSize } from '../media/artwork-sizes.js';

/** Where a rendered picture lies in the object store. */
export const artworkKey = (id: string, size: ArtworkSize, format: ArtworkFormat): string =>
  `artwork/${id}/${size}.${format}`;
