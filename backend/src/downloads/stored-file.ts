import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { isMissingFile } from '../common/error-code.js';
import { DomainError } from '../common/errors.js';
import type { ByteRange } from '../streaming/byte-range.js';
import { originalTag } from '../streaming/original-headers.js';

/** Bytes to be sent as a file: their number is known before the first of them is read. */
export interface StoredFile {
  readonly sizeBytes: number;
  readonly tag: string;
  readonly type: string;
  readonly modifiedAt: Date | null;
  /** Reads on as fast as they are taken, and holds one piece. */
  read(range: ByteRange): Readable;
}

const PIECE_BYTES = 1 << 18;

/** The file as it came; opened anew for each reading, since it may change under its name. @throws TRACK_MISSING */
export const originalFile = async (path: Buffer, type: string): Promise<StoredFile> => {
  const handle = await open(path, 'r').catch((error: unknown) => {
    if (isMissingFile(error))
      throw new DomainError('TRACK_MISSING', 'The file of this track is not there at the moment.');
    throw error;
  });
  try {
    const stat = await handle.stat({ bigint: true });
    return {
      sizeBytes: Number(stat.size),
      tag: originalTag(stat),
      type,
      modifiedAt: stat.mtime,
      read: (range) => Readable.from(piecesOf(path, range), { objectMode: false }),
    };
  } finally {
    await handle.close();
  }
};

async function* piecesOf(path: Buffer, { start, end }: ByteRange): AsyncGenerator<Buffer> {
  const handle = await open(path, 'r');
  try {
    for (let at = start; at <= end;) {
      const length = Math.min(PIECE_BYTES, end - at + 1);
      const { bytesRead, buffer } = await handle.read(Buffer.allocUnsafe(length), 0, length, at);
      if (bytesRead === 0) throw new Error('the file ended early');
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/** Bytes in hand, or a part of something that is read piece by piece. */
export type Part =
  | { readonly bytes: Buffer }
  | { readonly length: number; read(offset: number, length: number): Promise<Buffer> };

const lengthOf = (part: Part): number => ('bytes' in part ? part.bytes.length : part.length);

/** Parts behind one another. */
export const joinedFile = (parts: readonly Part[], tag: string, type: string): StoredFile => ({
  sizeBytes: parts.reduce((sum, part) => sum + lengthOf(part), 0),
  tag,
  type,
  modifiedAt: null,
  read: (range) => Readable.from(rangeOf(parts, range), { objectMode: false }),
});

async function* rangeOf(parts: readonly Part[], { start, end }: ByteRange): AsyncGenerator<Buffer> {
  let before = 0;
  for (const part of parts) {
    const length = lengthOf(part);
    const last = Math.min(length, end + 1 - before);
    for (let at = Math.max(0, start - before); at < last;) {
      const piece = Math.min(PIECE_BYTES, last - at);
      yield 'bytes' in part ? part.bytes.subarray(at, at + piece) : await part.read(at, piece);
      at += piece;
    }
    before += length;
  }
}
