import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import type { BytesWish } from './bytes-by-channel.js';
import type { PathBytes } from './readable-path.js';

/** Asked for instead of bytes: the size of the file, in eight of them. */
export const SIZE = -1;

/** A child that a file has taken over asks for what it likes. */
const MOST_AT_ONCE = 1 << 20;

/** A named pipe would hold whoever opens it until somebody writes. */
const READ_WITHOUT_WAITING = constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NONBLOCK);

/** The files of one request, opened here at the first wish for a byte of them. Whoever makes it closes it. */
export class ServedFiles {
  private readonly open = new Map<number, Promise<FileHandle>>();

  constructor(private readonly paths: readonly PathBytes[]) {}

  /** @throws the file system's own errors; RangeError */
  readonly serve = async ({ file, position, length }: BytesWish): Promise<Uint8Array> => {
    const handle = await this.handleOf(file);
    if (length === SIZE) {
      const size = Buffer.alloc(8);
      const stats = await handle.stat();
      size.writeDoubleLE(stats.isFile() ? stats.size : 0);
      return size;
    }
    if (!Number.isSafeInteger(position) || position < 0 || !(length >= 0 && length <= MOST_AT_ONCE))
      throw new RangeError('no such piece');
    const buffer = Buffer.allocUnsafe(length);
    const { bytesRead } = length === 0 ? { bytesRead: 0 } : await handle.read(buffer, 0, length, position);
    return buffer.subarray(0, bytesRead);
  };

  async close(): Promise<void> {
    const handles = [...this.open.values()];
    this.open.clear();
    await Promise.all(handles.map((handle) => handle.then((each) => each.close()).catch(() => undefined)));
  }

  private handleOf(file: number): Promise<FileHandle> {
    const path = this.paths[file];
    if (path === undefined) return Promise.reject(new RangeError('no such file'));
    const known = this.open.get(file) ?? open(path, READ_WITHOUT_WAITING);
    this.open.set(file, known);
    return known;
  }
}
