import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A path as the file system knows it: bytes, which need not be valid UTF-8. */
export type PathBytes = Buffer | string;

/**
 * Calls `fn` with an absolute path that fits into a string. Programs and parsers take strings, but a file name is
 * bytes: one that is not UTF-8 is reached through a symbolic link with a plain name and the same extension in a
 * folder of its own, removed afterwards.
 */
export async function withReadablePath<T>(path: PathBytes, fn: (path: string) => Promise<T>): Promise<T> {
  const text = path.toString();
  if (typeof path === 'string' || Buffer.from(text).equals(path)) return fn(resolve(text));
  const folder = await mkdtemp(join(tmpdir(), 'kanade-input-'));
  try {
    const link = join(folder, `input${plainExtension(path)}`);
    await symlink(absolute(path), link);
    return await fn(link);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function absolute(path: Buffer): Buffer {
  return path[0] === 0x2f ? path : Buffer.concat([Buffer.from(`${process.cwd()}/`), path]);
}

/** Some demuxers and the tag reader begin with the extension; only harmless ones are kept. */
function plainExtension(path: Buffer): string {
  const name = path.subarray(path.lastIndexOf(0x2f) + 1).toString('latin1');
  return /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0].toLowerCase() ?? '';
}
