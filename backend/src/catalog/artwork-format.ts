import type { ArtworkFormat } from '../media/artwork-sizes.js';

/** What a client that names no picture format gets: everything can show it. */
const FALLBACK: ArtworkFormat = 'jpeg';
/** The smaller one first. */
const OFFERED = ['avif', 'webp'] as const;

/** Pure: the smallest format that the Accept header names outright; a wildcard promises nothing about new formats. */
export const chooseFormat = (accept: string | undefined): ArtworkFormat => {
  const accepted = new Set(
    (accept ?? '')
      .toLowerCase()
      .split(',')
      .map((part) => part.split(';').map((piece) => piece.trim()))
      .filter(([, ...params]) => !params.some((param) => /^q=0(?:\.0*)?$/.test(param)))
      .map(([type]) => type),
  );
  return OFFERED.find((format) => accepted.has(`image/${format}`)) ?? FALLBACK;
};
