export const ARTWORK_SIZES = [64, 128, 256, 512, 1024] as const;
export type ArtworkSize = (typeof ARTWORK_SIZES)[number];
export const ARTWORK_FORMATS = ['avif', 'webp', 'jpeg'] as const;
export type ArtworkFormat = (typeof ARTWORK_FORMATS)[number];

export interface RenderedImage {
  readonly size: ArtworkSize;
  readonly format: ArtworkFormat;
  readonly bytes: Uint8Array;
}

export interface RenderedArtwork {
  /** Of the original, upright. */
  readonly width: number;
  readonly height: number;
  /** `oklch(0.71 0.10 45)` */
  readonly color: string;
  /** A WebP data URI of at most 300 characters. */
  readonly placeholder: string;
  readonly images: readonly RenderedImage[];
}

/** Pure: the sizes that are rendered of an original: those it fills, and the next above, which holds it as it is. */
export function sizesFor(width: number, height: number): readonly ArtworkSize[] {
  const side = Math.max(width, height);
  const enough = ARTWORK_SIZES.findIndex((size) => size >= side);
  return enough < 0 ? ARTWORK_SIZES : ARTWORK_SIZES.slice(0, enough + 1);
}

/** Pure: the stored size that answers a wish: the wished one, or the largest there is. */
export function storedSize(wished: ArtworkSize, width: number, height: number): ArtworkSize {
  const sizes = sizesFor(width, height);
  return sizes.includes(wished) ? wished : (sizes.at(-1) ?? wished);
}
