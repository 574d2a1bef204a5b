import { open } from 'node:fs/promises';
import type { PathBytes } from './readable-path.js';

/**
 * Containers in which ffmpeg finds a sample by its number, measured with each of them and with both ffmpegs. Others
 * are decoded from their beginning: ASF and Matroska, for example, tell times in milliseconds.
 */
const EXACT: ReadonlySet<string> = new Set([
  'flac',
  'wav',
  'w64',
  'aiff',
  'caf',
  'mov',
  'mp3',
  'ogg',
  'wv',
  'tta',
]);

/** Whether ffmpeg, told to begin at a sample of this file, begins exactly there. */
export async function seeksExactly(container: string | null, path: PathBytes): Promise<boolean> {
  if (container === null || !EXACT.has(container)) return false;
  return container !== 'ogg' || isOneStream(await readPageEnds(path));
}

/** An Ogg page is at most this long, so the last one begins in a tail of twice that. */
const PAGE_BYTES = 65_307;

async function readPageEnds(path: PathBytes): Promise<{ readonly head: Buffer; readonly tail: Buffer }> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const read = async (length: number, position: number): Promise<Buffer> => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
      return buffer.subarray(0, bytesRead);
    };
    const length = Math.min(size, 2 * PAGE_BYTES);
    return { head: await read(length, 0), tail: await read(length, size - length) };
  } finally {
    await file.close();
  }
}

const SERIAL_AT = 14;
const SERIAL_END = 18;

/** Pure: streams that follow each other in one file have numbers of their own, and each counts its time from zero. */
export function isOneStream({ head, tail }: { readonly head: Buffer; readonly tail: Buffer }): boolean {
  const [first, last] = [head.indexOf('OggS'), tail.lastIndexOf('OggS')];
  if (first < 0 || last < 0 || last + SERIAL_END > tail.length) return false;
  const serial = (page: Buffer, at: number): Buffer => page.subarray(at + SERIAL_AT, at + SERIAL_END);
  return serial(head, first).equals(serial(tail, last));
}
