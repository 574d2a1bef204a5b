export type ArtworkSize = 64 | 128 | 256 | 512 | 1024;

export const artworkUrl = (id: string, size: ArtworkSize): string =>
  `/api/artwork/${encodeURIComponent(id)}?size=${size}`;

const LARGER: Readonly<Record<ArtworkSize, ArtworkSize>> = {
  64: 128,
  128: 256,
  256: 512,
  512: 1024,
  1024: 1024,
};

export const artworkSrcSet = (id: string, size: ArtworkSize): string =>
  `${artworkUrl(id, size)} 1x, ${artworkUrl(id, LARGER[size])} 2x`;
