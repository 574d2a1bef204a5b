import sharp, { type OutputInfo, type Sharp } from 'sharp';
import { artworkColor } from './artwork-color.js';
import type { ArtworkFormat, RenderedArtwork, RenderedImage } from './artwork-sizes.js';
import { sizesFor } from './artwork-sizes.js';
import { MediaError } from './media-error.js';

/** Enough for a scan of a sleeve; what is larger is a bomb, or helps nobody. */
const MAX_PIXELS = 50_000_000;
const MAX_PLACEHOLDER_CHARACTERS = 300;
/** Of those that cannot be read line by line, and so stand in memory as a whole. */
const MAX_WHOLE_PIXELS = 16_000_000;
const READ_BY_LINES = new Set(['jpeg', 'png']);
const WHITE = '#ffffff';

// No loader but those of photographs: SVG and PDF are programs, and others (ImageMagick's) are a field of mines.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif', 'Tiff'].map((name) => `VipsForeignLoad${name}`),
});
sharp.concurrency(1);
sharp.cache(false);

/**
 * Effort 2 of AVIF costs 0.2 to 0.5 CPU-seconds a cover in all sizes together, twice WebP's share, for files a third
 * smaller; effort 4 would cost 2 to 4 seconds for hardly any more. Once an album, beside 20 seconds a track's ladder.
 */
const ENCODE = {
  avif: (image) => image.avif({ quality: 55, effort: 2 }),
  webp: (image) => image.webp({ quality: 80 }),
  jpeg: (image) => image.jpeg({ quality: 82, mozjpeg: false, progressive: true }),
} as const satisfies Record<ArtworkFormat, (image: Sharp) => Sharp>;

/**
 * Re-encodes a cover into the fixed sizes, never larger than it is, and finds its colour and placeholder. It decodes
 * foreign bytes: outside of tests, only in the child of ArtworkRenderer. Throws MediaError BAD_IMAGE.
 */
export async function renderArtwork(source: Uint8Array): Promise<RenderedArtwork> {
  try {
    const pixels = await decode(source);
    const images: RenderedImage[] = [];
    for (const size of sizesFor(pixels.info.width, pixels.info.height))
      images.push(...(await renderSize(pixels, size)));
    return {
      width: pixels.width,
      height: pixels.height,
      color: artworkColor(await colorPixels(pixels)),
      placeholder: await placeholder(pixels),
      images,
    };
  } catch (error) {
    if (error instanceof MediaError) throw error;
    throw new MediaError(
      'BAD_IMAGE',
      'The cover cannot be read: it is damaged, too large, or no photograph.',
      {
        cause: error,
      },
    );
  }
}

interface Pixels {
  readonly data: Buffer;
  readonly info: OutputInfo;
  /** Of the original, upright. */
  readonly width: number;
  readonly height: number;
}

const LARGEST = 1024;

/** Decoded once, upright, in sRGB, without transparency, at the largest size that is asked of it. */
async function decode(source: Uint8Array): Promise<Pixels> {
  const options = { limitInputPixels: MAX_PIXELS, failOn: 'error', pages: 1 } as const;
  const { autoOrient, format, isProgressive } = await sharp(source, options).metadata();
  const byLines = READ_BY_LINES.has(format) && isProgressive !== true;
  if (!byLines && autoOrient.width * autoOrient.height > MAX_WHOLE_PIXELS)
    throw new MediaError('BAD_IMAGE', 'The cover has more pixels than are read of this kind of picture.');
  const { data, info } = await sharp(source, options)
    .autoOrient()
    .resize(LARGEST, LARGEST, { fit: 'inside', withoutEnlargement: true })
    .flatten({ background: WHITE })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, info, width: autoOrient.width, height: autoOrient.height };
}

const from = ({ data, info }: Pixels): Sharp =>
  sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });

async function renderSize(pixels: Pixels, size: RenderedImage['size']): Promise<RenderedImage[]> {
  const images: RenderedImage[] = [];
  for (const format of ['avif', 'webp', 'jpeg'] as const) {
    const resized = from(pixels).resize(size, size, { fit: 'inside', withoutEnlargement: true });
    images.push({ size, format, bytes: await ENCODE[format](resized).toBuffer() });
  }
  return images;
}

async function colorPixels(pixels: Pixels): Promise<Buffer> {
  const { data, info } = await from(pixels)
    .resize(64, 64, { fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels === 3) return data;
  throw new MediaError('BAD_IMAGE', `The cover has ${info.channels} colour channels instead of three.`);
}

/** A few pixels that the browser blurs into a preview; smaller ones where the picture resists. */
async function placeholder(pixels: Pixels): Promise<string> {
  for (const [side, quality] of [
    [16, 40],
    [12, 30],
    [8, 20],
  ] as const) {
    const bytes = await from(pixels)
      .resize(side, side, { fit: 'inside' })
      .webp({ quality, effort: 6 })
      .toBuffer();
    const uri = `data:image/webp;base64,${bytes.toString('base64')}`;
    if (uri.length <= MAX_PLACEHOLDER_CHARACTERS) return uri;
  }
  const average = await from(pixels).resize(1, 1).webp({ quality: 20 }).toBuffer();
  return `data:image/webp;base64,${average.toString('base64')}`;
}
