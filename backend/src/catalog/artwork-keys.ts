import type { ArtworkFormat, ArtworkSize } from '../media/artwork-sizes.js';

export const ARTWORK_PREFIX = 'artwork/';

/** Where a rendered picture lies in the object store. */
export const artworkKey = (id: string, size: ArtworkSize, format: ArtworkFormat): string =>
  `${ARTWORK_PREFIX}${id}/${size}.${format}`;

/** The id that such a key names; '' in none of ours. */
export const artworkOfKey = (key: string): string => key.split('/')[1] ?? '';
