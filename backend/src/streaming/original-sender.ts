import { open } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { DomainError } from '../common/errors.js';
import { isMissingFile } from '../common/error-code.js';
import type { TrackSource } from '../transcode/source.repository.js';
import { parseRange } from './byte-range.js';
import { attachment, originalTag, originalType } from './original-headers.js';
import { sendBytes } from './send-bytes.js';

/** The file as it came. It is opened for each request: unlike renditions it may change under its name. */
export const sendOriginal = async (
  source: TrackSource,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const handle = await open(source.path, 'r').catch((error: unknown) => {
    if (isMissingFile(error))
      throw new DomainError('TRACK_MISSING', 'The file of this track is not there at the moment.');
    throw error;
  });
  try {
    const stat = await handle.stat({ bigint: true });
    const tag = originalTag(stat);
    const sizeBytes = Number(stat.size);
    const name = source.path.subarray(source.path.lastIndexOf(0x2f) + 1).toString();
    response.setHeader('accept-ranges', 'bytes');
    response.setHeader('etag', tag);
    response.setHeader('cache-control', 'private, no-cache');
    response.setHeader('content-type', originalType(name));
    response.setHeader('content-disposition', attachment(name));
    if (request.headers['if-none-match']?.split(/\s*,\s*/).includes(tag)) {
      response.writeHead(304).end();
      return;
    }
    // A range of a file that has changed since is answered with the whole new one.
    const ifRange = request.headers['if-range'];
    const wanted = ifRange === undefined || ifRange === tag ? request.headers.range : undefined;
    const range = request.method === 'HEAD' ? 'whole' : parseRange(wanted, sizeBytes);
    if (range === 'unsatisfiable') {
      response.writeHead(416, { 'content-range': `bytes */${sizeBytes}`, 'content-length': 0 }).end();
      return;
    }
    const { start, end } = range === 'whole' ? { start: 0, end: sizeBytes - 1 } : range;
    const length = end - start + 1;
    if (range === 'whole') response.writeHead(200, { 'content-length': length });
    else
      response.writeHead(206, {
        'content-length': length,
        'content-range': `bytes ${start}-${end}/${sizeBytes}`,
      });
    if (request.method === 'HEAD' || length === 0) response.end();
    else await sendBytes(response, handle, start, length);
  } finally {
    await handle.close();
  }
};
