import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import sharp, { type Sharp } from 'sharp';
import { descendantsOf } from '../../test/support/processes.js';
import { id3v23Tag, id3v24Tag, type Frame } from '../../test/support/tag-writers.js';
import { ToneFolder } from '../../test/support/tones.js';
import { ArtworkRenderer } from './artwork-renderer.js';
import type { ChildLaunch } from './killable-child.js';
import { TagReaderPool } from './tag-reader-pool.js';

const fromSource = (name: string): ChildLaunch => ({
  file: join(import.meta.dirname, name),
  execArgv: [
    ...['--experimental-transform-types', '--import'],
    join(import.meta.dirname, '../../test/support/typescript-hooks.mjs'),
  ],
});

const renderer = new ArtworkRenderer(fromSource('artwork-child.ts'));
const pool = new TagReaderPool({ child: fromSource('tag-reader-child.ts') });
let tones: ToneFolder;
beforeAll(async () => {
  tones = await ToneFolder.create();
});
afterAll(async () => {
  renderer.close();
  pool.close();
  await tones.remove();
});

/** The most memory that the kernel ever saw in our child of that program; looked up while it works, since it may be killed. */
async function peakMb(program: string, work: Promise<unknown>): Promise<number> {
  let peak = 0;
  const look = (): void => {
    for (const { pid, command } of descendantsOf(process.pid))
      if (command.includes(program)) peak = Math.max(peak, highWaterMb(pid));
  };
  const timer = setInterval(look, 20);
  await work;
  clearInterval(timer);
  look();
  return peak;
}

const highWaterMb = (pid: number): number => {
  try {
    return Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
};

const outcome = (render: Promise<unknown>): Promise<unknown> =>
  render.then(
    () => 'rendered',
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  );

const plain = (side: number): Sharp =>
  sharp({ create: { width: side, height: side, channels: 3, background: '#803020' } });

/** Of the child, its program included. */
const LIMIT_MB = 256;
const onLinux = process.platform === 'linux' ? describe : describe.skip;

onLinux('a cover that is a bomb', () => {
  it.each([
    ['of 49 megapixels', 'rendered', () => plain(7000).jpeg().toBuffer()],
    [
      'of 49 megapixels that stand in memory as a whole',
      'BAD_IMAGE',
      () => plain(7000).jpeg({ progressive: true }).toBuffer(),
    ],
    ['of 100 megapixels', 'BAD_IMAGE', () => plain(10_000).jpeg({ quality: 30 }).toBuffer()],
    ['of 20 MB', 'rendered', () => plain(2650).png({ compressionLevel: 0 }).toBuffer()],
    ['of four inks', 'rendered', () => plain(2000).toColourspace('cmyk').jpeg().toBuffer()],
  ])('%s costs its reader at most 256 MB', async (_, end, make) => {
    const source = await make();
    let ended: unknown;
    const peak = await peakMb(
      'artwork-child',
      outcome(renderer.render(source)).then((it) => (ended = it)),
    );
    expect(ended).toBe(end);
    expect(peak).toBeGreaterThan(20);
    expect(peak).toBeLessThanOrEqual(LIMIT_MB);
  });

  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>';
  it.each([
    ['a drawing', Buffer.from(svg)],
    ['a drawing behind a declaration', Buffer.from(`<?xml version="1.0"?>\n<!-- JFIF -->\n${svg}`)],
    ['a packed drawing', gzipSync(svg)],
    ['a page', Buffer.from('<!doctype html><script>alert(1)</script>')],
    [
      'a page that begins like a JPEG',
      Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.from('<html>')]),
    ],
  ])('%s is refused, whatever kind it says it is', async (_, source) => {
    expect(await outcome(renderer.render(source))).toBe('BAD_IMAGE');
  });
});

/** A frame that says of itself that it is packed: its whole size, then zlib's bytes. */
const packed = (version: 3 | 4, size: number): Buffer => {
  const frame: Frame = {
    id: 'TIT2',
    body: Buffer.concat([Buffer.alloc(4), deflateSync(Buffer.alloc(size, 65))]),
  };
  const tag = version === 3 ? id3v23Tag([frame]) : id3v24Tag([frame]);
  const length = version === 3 ? size : (size & 0x7f) | ((size & 0x3f80) << 1) | ((size & 0x1fc000) << 2);
  tag.writeUInt32BE(length >>> 0, 20);
  tag[19] = version === 3 ? 0x80 : 0x09;
  return tag;
};

onLinux('a tag that is a bomb', () => {
  it.each([3, 4] as const)('packed in ID3v2.%i costs its reader at most 256 MB', async (version) => {
    await tones.wav('song.wav');
    const sound = await tones.convert('song.wav', 'song.mp3', ['-map_metadata', '-1', '-id3v2_version', '0']);
    const path = await tones.write(
      `bomb-${version}.mp3`,
      Buffer.concat([packed(version, 200 << 20), readFileSync(sound)]),
    );
    let codes: unknown[] = [];
    const peak = await peakMb(
      'tag-reader-child',
      pool.read([path, sound]).then((readings) => {
        codes = readings.map((reading) => ('file' in reading ? 'read' : reading.error.code));
      }),
    );
    expect(['read', 'TAGS_UNREADABLE', 'TOO_LARGE']).toContain(codes[0]);
    expect(codes[1]).toBe('read');
    expect(peak).toBeGreaterThan(20);
    expect(peak).toBeLessThanOrEqual(LIMIT_MB);
  });
});
