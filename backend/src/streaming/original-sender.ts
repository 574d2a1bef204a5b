import { open } from 'node:fs/promises';
import { DomainError } from '../common/errors.js';
import { attachment } from '../common/attachment.js';
import { isMissingFile } from '../common/error-code.js';
import type { TrackSource } from '../transcode/source.repository.js';
import { parseRange } from './byte-range.js';
import type { Exchange } from './exchange.js';
import { originalTag, originalType } from './original-headers.js';
import { sendBytes } from './send-bytes.js';

/** The file as it came. It is opened for each request: unlike renditions it may change under its name. */
export const sendOriginal = async (source: TrackSource, exchange: Exchange): Promise<void> => {
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
    const about = [
      ...['accept-ranges', 'bytes', 'cache-control', 'private, no-cache', 'content-type', originalType(name)],
      ...['content-disposition', attachment(name)],
    ];
    if (exchange.isKnownToListener(tag, about)) return;
    // A range of a file that has changed since is answered with the whole new one.
    const { 'if-range': ifRange, range: asked } = exchange.request.headers;
    const wanted = ifRange === undefined || ifRange === tag ? asked : undefined;
    const range = exchange.isHead ? 'whole' : parseRange(wanted, sizeBytes);
    const headers = ['etag', tag, ...about];
    if (range === 'unsatisfiable') {
      exchange.head(416, [...headers, 'content-range', `bytes */${sizeBytes}`, 'content-length', '0']).end();
      return;
    }
    const { start, end } = range === 'whole' ? { start: 0, end: sizeBytes - 1 } : range;
    const length = end - start + 1;
    headers.push('content-length', String(length));
    if (range !== 'whole') headers.push('content-range', `bytes ${start}-${end}/${sizeBytes}`);
    const response = exchange.head(range === 'whole' ? 200 : 206, headers);
    if (exchange.isHead || length === 0) response.end();
    else await sendBytes(response, handle, start, length);
  } finally {
    await handle.close();
  }
};
