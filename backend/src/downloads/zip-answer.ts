import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { attachment } from '../common/attachment.js';
import type { StoredFile } from './stored-file.js';

export interface ZipEntry {
  readonly name: string;
  /** Undefined while it must be encoded first. */
  readonly file: StoredFile | undefined;
  /** When it is its turn. */
  readonly open: () => Promise<StoredFile>;
}

const whole = (file: StoredFile): Readable =>
  file.sizeBytes === 0 ? Readable.from([]) : file.read({ start: 0, end: file.sizeBytes - 1 });

/**
 * Streams a ZIP: its entries are stored, for music is compressed already, one after the other, each opened when it is its
 * turn, as fast as they are taken. Where all sizes are known, so is the whole's.
 */
export const answerWithZip = async (
  entries: readonly ZipEntry[],
  name: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> => {
  const zip = new ZipFile();
  const { outputStream } = zip;
  if (!(outputStream instanceof Readable)) throw new Error('a ZIP is no stream');
  const fail = (error: unknown): void =>
    void outputStream.destroy(error instanceof Error ? error : new Error('a ZIP could not be written'));
  zip.on('error', fail);
  for (const { name: path, file, open } of entries) {
    const options = {
      compress: false,
      mode: 0o100644,
      ...(file === undefined ? {} : { size: file.sizeBytes }),
      ...(file?.modifiedAt == null ? {} : { mtime: file.modifiedAt }),
    };
    zip.addReadStreamLazy(path, options, (give) => {
      open().then((opened) => {
        const stream = whole(opened);
        stream.once('error', fail);
        // Who goes away in the middle leaves nothing open.
        outputStream.once('close', () => stream.destroy());
        give(null, stream);
      }, fail);
    });
  }
  let sizeBytes = -1;
  zip.end(undefined, (...sizes: readonly number[]) => {
    sizeBytes = sizes[0] ?? -1;
  });
  void reply.headers({
    'cache-control': 'private, no-store',
    'content-disposition': attachment(name),
    'content-type': 'application/zip',
    ...(sizeBytes < 0 ? {} : { 'content-length': sizeBytes }),
  });
  if (request.method === 'HEAD') {
    outputStream.destroy();
    await reply.send(Readable.from([]));
    return;
  }
  await reply.send(outputStream);
};
