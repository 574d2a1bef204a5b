import type { ByteSource } from './block-tokenizer.js';
import type { BytesBrought, BytesWish } from './bytes-by-channel.js';
import { SIZE } from './served-files.js';

/** In a child that can open nothing: its parent reads for it. */
let wishes = 0;
const waiting = new Map<number, PromiseWithResolvers<Buffer>>();

export const take = (brought: BytesBrought): void => {
  const waiter = waiting.get(brought.wish);
  waiting.delete(brought.wish);
  if ('bytes' in brought)
    waiter?.resolve(Buffer.from(brought.bytes.buffer, brought.bytes.byteOffset, brought.bytes.length));
  else
    waiter?.reject(Object.assign(new Error(`${brought.code}: it could not be read`), { code: brought.code }));
};

const ask = (file: number, position: number, length: number): Promise<Buffer> => {
  const wish: BytesWish = { wish: ++wishes, file, position, length };
  const waiter = Promise.withResolvers<Buffer>();
  waiting.set(wish.wish, waiter);
  process.send?.(wish);
  return waiter.promise;
};

/** @throws the file system's own errors, of the other side */
export const openByChannel = async (file: number): Promise<ByteSource> => ({
  size: (await ask(file, 0, SIZE)).readDoubleLE(),
  read: (position, length) => ask(file, position, length),
});
