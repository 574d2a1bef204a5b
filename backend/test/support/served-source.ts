import type { ByteSource } from '../../src/media/block-tokenizer.js';
import { ServedFiles, SIZE } from '../../src/media/served-files.js';

/** A file as the parent of a tag reader serves it, without the channel between. */
export const sourceOf = async (path: string): Promise<ByteSource> => {
  const files = new ServedFiles([path]);
  const wish = { wish: 0, file: 0 };
  const size = Buffer.from(await files.serve({ ...wish, position: 0, length: SIZE })).readDoubleLE();
  await files.close();
  return {
    size,
    read: async (position, length) => {
      const bytes = await files.serve({ ...wish, position, length });
      await files.close();
      return Buffer.from(bytes);
    },
  };
};
