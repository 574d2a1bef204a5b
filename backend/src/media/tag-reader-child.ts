import type { BytesBrought } from './bytes-by-channel.js';
import { MediaError } from './media-error.js';
import type { BatchAnswer, ReadAnswer, ReadBatch } from './tag-reader-messages.js';
import { openByChannel, take } from './source-by-channel.js';
import { readTags } from './tags.js';

/**
 * The process in which foreign tags are parsed. It holds nothing worth stealing, and its parent ends it when a file
 * takes too long. Without a parent there is nobody to read for.
 */
process.on('disconnect', () => process.exit());
process.on('message', (message: ReadBatch | BytesBrought) => {
  if ('wish' in message) take(message);
  else void answer(message);
});

/** A few at once: while one file waits for the disk, another is parsed. */
const AT_ONCE = 4;

async function answer({ paths, pictures }: ReadBatch): Promise<void> {
  const answers: ReadAnswer[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < paths.length; index = next++) {
      const path = paths[index];
      if (path !== undefined) answers[index] = await read(index, Buffer.from(path), pictures);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  process.send?.({ answers } satisfies BatchAnswer);
}

async function read(file: number, path: Buffer, pictures: boolean): Promise<ReadAnswer> {
  try {
    return { file: await readTags(() => openByChannel(file), path, { pictures }) };
  } catch (error) {
    const { code, message } =
      error instanceof MediaError
        ? error
        : new MediaError('TAGS_UNREADABLE', 'The tags of this file cannot be read.', { cause: error });
    return { error: { code, message } };
  }
}
