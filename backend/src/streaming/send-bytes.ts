import { read } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';

/** Two of three segments fit into one piece: one read, one write. */
const PIECE_BYTES = 1 << 18;
const MOST_KEPT = 64;

/** Buffers that are free, for the next read. They are never shared: each goes back when its bytes have left. */
const free: Buffer[] = [];

const takeBuffer = (): Buffer => free.pop() ?? Buffer.allocUnsafeSlow(PIECE_BYTES);
const giveBack = (buffer: Buffer): void => {
  if (free.length < MOST_KEPT) free.push(buffer);
};

/** The listener went away: nothing to answer, nothing to log. */
export class ListenerGone extends Error {}

/** By callback: the promise of a FileHandle costs a third of the whole answer. */
const readInto = (handle: FileHandle, buffer: Buffer, length: number, position: number): Promise<number> =>
  new Promise((resolve, reject) => {
    read(handle.fd, buffer, 0, length, position, (error, bytesRead) => {
      if (error === null) resolve(bytesRead);
      else reject(error);
    });
  });

const writtenPiece = (response: ServerResponse, piece: Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    // A destroyed response never calls back for what it had queued.
    const onClose = (): void => reject(new ListenerGone());
    response.once('close', onClose);
    response.write(piece, (error) => {
      response.off('close', onClose);
      if (error) reject(new ListenerGone(undefined, { cause: error }));
      else resolve();
    });
  });

/** An answer closes when its last byte has left, as well as when its listener has. */
const writtenLast = (response: ServerResponse, piece: Uint8Array): Promise<void> =>
  new Promise((resolve, reject) => {
    response.once('close', () => {
      if (response.writableFinished) resolve();
      else reject(new ListenerGone());
    });
    response.end(piece);
  });

/**
 * Sends part of a file after the headers; the next piece is read when the last one has left, so a slow listener
 * holds one buffer. @throws ListenerGone; Error when the file is shorter than promised
 */
export const sendBytes = async (
  response: ServerResponse,
  handle: FileHandle,
  offset: number,
  length: number,
): Promise<void> => {
  let position = offset;
  const end = offset + length;
  while (position < end) {
    if (response.destroyed) throw new ListenerGone();
    const buffer = takeBuffer();
    try {
      const bytesRead = await readInto(handle, buffer, Math.min(PIECE_BYTES, end - position), position);
      if (bytesRead === 0) throw new Error(`the file ended ${end - position} bytes early`);
      position += bytesRead;
      const piece = buffer.subarray(0, bytesRead);
      await (position === end ? writtenLast(response, piece) : writtenPiece(response, piece));
      giveBack(buffer);
    } catch (error) {
      // A buffer whose bytes may still be on their way is left to the garbage collector.
      if (!response.headersSent || error instanceof ListenerGone) throw error;
      response.destroy();
      throw error;
    }
  }
};
