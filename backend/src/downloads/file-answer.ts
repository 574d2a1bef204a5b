import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { parseRange } from '../streaming/byte-range.js';
import { attachment } from '../common/attachment.js';
import type { StoredFile } from './stored-file.js';

/** Sends a file, or the one range of it that is asked for; `done` when the last byte has left, or nobody wants it. */
export const answerWithFile = async (
  file: StoredFile,
  name: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<void> => {
  void reply.headers({
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-cache',
    'content-disposition': attachment(name),
    'content-type': file.type,
    etag: file.tag,
    ...(file.modifiedAt === null ? {} : { 'last-modified': file.modifiedAt.toUTCString() }),
  });
  const { range: asked, 'if-range': ifRange, 'if-none-match': known } = request.headers;
  if (known?.split(/\s*,\s*/).includes(file.tag) === true) {
    await reply.code(304).send();
    return;
  }
  // A range of a file that has changed since is answered with the whole new one.
  const wanted = ifRange === undefined || ifRange === file.tag ? asked : undefined;
  const range = request.method === 'HEAD' ? 'whole' : parseRange(wanted, file.sizeBytes);
  if (range === 'unsatisfiable') {
    await reply.code(416).header('content-range', `bytes */${file.sizeBytes}`).send();
    return;
  }
  const { start, end } = range === 'whole' ? { start: 0, end: file.sizeBytes - 1 } : range;
  void reply.header('content-length', end - start + 1);
  if (range !== 'whole')
    void reply.code(206).header('content-range', `bytes ${start}-${end}/${file.sizeBytes}`);
  // A stream of nothing leaves the length as it was told.
  await reply.send(request.method === 'HEAD' ? Readable.from([]) : file.read({ start, end }));
};
