import '../../src/media/tag-reader-child.js';
import type { ReadBatch } from '../../src/media/tag-reader-messages.js';

/** The real reader, but for two file names that do what hostile files did to parsers: loop for ever, or end the process. */
process.prependListener('message', (message: unknown) => {
  if (typeof message !== 'object' || message === null || !('paths' in message)) return;
  const { paths } = message as ReadBatch; // what the pool sends, beside the bytes it was asked for
  const names = paths.map((path) => Buffer.from(path).toString());
  if (names.some((name) => name.endsWith('DIE.mp3'))) process.abort();
  if (names.some((name) => name.endsWith('HANG.mp3'))) for (;;);
});
