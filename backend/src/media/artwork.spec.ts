import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import sharp, { type Sharp } from 'sharp';
import { artworkColor } from './artwork-color.js';
import { ArtworkRenderer } from './artwork-renderer.js';
import { sizesFor, storedSize } from './artwork-sizes.js';
import { chooseEmbedded, chooseFolderImage } from './cover-choice.js';

const HOOKS = join(import.meta.dirname, '../../test/support/typescript-hooks.mjs');
const renderer = new ArtworkRenderer({
  file: join(import.meta.dirname, 'artwork-child.ts'),
  execArgv: ['--experimental-transform-types', '--import', HOOKS],
});
afterAll(() => renderer.close());

const plain = (width: number, height: number, background: string): Sharp =>
  sharp({ create: { width, height, channels: 3, background } });

describe('a rendered cover', () => {
  it('comes in every size and format, with a placeholder and a colour', async () => {
    const source = await plain(1400, 1400, '#c84020').jpeg().toBuffer();
    const artwork = await renderer.render(source);
    expect(artwork).toMatchObject({ width: 1400, height: 1400 });
    expect(artwork.images.map(({ size, format }) => `${size} ${format}`)).toHaveLength(15);
    expect(artwork.color).toMatch(/^oklch\(0\.\d\d 0\.1\d \d\d\)$/);
    expect(artwork.placeholder).toMatch(/^data:image\/webp;base64,/);
    expect(artwork.placeholder.length).toBeLessThanOrEqual(300);
    for (const { size, format, bytes } of artwork.images) {
      const found = await sharp(bytes).metadata();
      expect([found.width, found.format]).toEqual([size, format === 'avif' ? 'heif' : format]);
    }
  });

  it('is never larger than its original, and keeps its shape', async () => {
    const artwork = await renderer.render(await plain(300, 150, '#123456').png().toBuffer());
    const largest = artwork.images.filter(({ size }) => size === 512);
    expect(Math.max(...artwork.images.map(({ size }) => size))).toBe(512);
    for (const { bytes } of largest)
      expect(await sharp(bytes).metadata()).toMatchObject({ width: 300, height: 150 });
  });

  it('has a small placeholder even when the picture is noise', async () => {
    const noise = sharp(randomBytes(200 * 200 * 3), { raw: { width: 200, height: 200, channels: 3 } });
    expect((await renderer.render(await noise.png().toBuffer())).placeholder.length).toBeLessThanOrEqual(300);
  });

  it.each([
    ['CMYK', () => plain(90, 90, '#00aa55').toColourspace('cmyk').jpeg().toBuffer()],
    ['grey', () => plain(90, 90, '#777777').toColourspace('b-w').png().toBuffer()],
    ['transparent', () => plain(90, 90, '#336699').ensureAlpha(0.5).png().toBuffer()],
  ])('can be made of a %s picture', async (_, make) => {
    expect((await renderer.render(await make())).images).toHaveLength(6);
  });

  it('is refused when it is a drawing that could be a program, text, or a bomb', async () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>';
    const bomb = await plain(9000, 9000, '#000000').png({ compressionLevel: 9 }).toBuffer();
    for (const source of [Buffer.from(svg), Buffer.from('<html>'), Buffer.alloc(0), bomb])
      await expect(renderer.render(source)).rejects.toMatchObject({ code: 'BAD_IMAGE' });
    const good = await plain(64, 64, '#ffffff').png().toBuffer();
    expect((await renderer.render(good)).images).toHaveLength(3);
  });
});

describe('the sizes', () => {
  it('end with the one that holds the original as it is', () => {
    expect(sizesFor(300, 200)).toEqual([64, 128, 256, 512]);
    expect(sizesFor(3000, 200)).toEqual([64, 128, 256, 512, 1024]);
    expect(sizesFor(20, 20)).toEqual([64]);
  });

  it('answer a wish that was not rendered with the largest there is', () => {
    expect(storedSize(1024, 300, 300)).toBe(512);
    expect(storedSize(128, 300, 300)).toBe(128);
  });
});

describe('the colour of a cover', () => {
  const pixels = (...runs: readonly (readonly [number, readonly number[]])[]): Uint8Array =>
    Uint8Array.from(runs.flatMap(([count, rgb]) => Array.from({ length: count }, () => rgb).flat()));

  it('is the known OKLCH of a plain one', () => {
    expect(artworkColor(pixels([100, [255, 0, 0]]))).toBe('oklch(0.63 0.26 29)');
    expect(artworkColor(pixels([100, [0, 0, 255]]))).toBe('oklch(0.45 0.31 264)');
  });

  it('prefers what is colourful to a larger grey', () => {
    expect(artworkColor(pixels([800, [128, 128, 128]], [200, [200, 40, 30]]))).toMatch(/ 2\d\)$/);
  });

  it('stays grey when nearly all is grey', () => {
    expect(artworkColor(pixels([900, [90, 90, 90]], [100, [92, 90, 90]]))).toMatch(/ 0\.00 0\)$/);
  });

  it('weighs area against colour', () => {
    expect(artworkColor(pixels([900, [60, 90, 160]], [100, [255, 0, 0]]))).toMatch(/ 26\d\)$/);
  });

  it('is the same each time', () => {
    const noise = Uint8Array.from({ length: 3 * 4096 }, (_, index) => (index * 7919) % 256);
    expect(artworkColor(noise)).toBe(artworkColor(noise));
  });
});

describe('the choice of a cover', () => {
  const picture = (type: string | null): { type: string | null; mimeType: string; data: Uint8Array } => ({
    type,
    mimeType: 'image/jpeg',
    data: Uint8Array.of(1),
  });

  it('takes the front of several pictures, else one of no stated kind, never the back', () => {
    expect(chooseEmbedded(['Cover (back)', 'Other', 'Cover (front)'].map(picture))?.type).toBe(
      'Cover (front)',
    );
    expect(chooseEmbedded([picture('Artist/performer'), picture(null)])?.type).toBeNull();
    expect(chooseEmbedded([picture('Cover (back)')])).toBeNull();
  });

  it.each([
    [['back.jpg', 'Folder.JPG', 'cover.png'], 'cover.png'],
    [['front.webp', 'folder.jpg'], 'folder.jpg'],
    [['cover.png', 'cover.jpg'], 'cover.jpg'],
    [['booklet.jpg', 'cover.svg', '01.mp3', 'discovery.jpg'], null],
  ])('finds in %j the cover %s', (names, chosen) => {
    expect(chooseFolderImage(names)).toBe(chosen);
  });
});
