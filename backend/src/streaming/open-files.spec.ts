import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OpenFiles } from './open-files.js';

const text = async (handle: FileHandle): Promise<string> => {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(20), 0, 20, 0);
  return buffer.toString('utf8', 0, bytesRead);
};

describe('OpenFiles', () => {
  let folder: string;
  let files: OpenFiles;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kanade-files-'));
    files = new OpenFiles(2);
    for (const name of ['a', 'b', 'c']) await writeFile(join(folder, name), name);
  });
  afterEach(async () => {
    await files.close();
    await rm(folder, { recursive: true });
  });

  it('goes on reading a file that was renamed meanwhile', async () => {
    const path = join(folder, 'a');
    expect(await files.use(path, text)).toBe('a');
    await rename(path, join(folder, 'renamed'));
    expect(await files.use(path, text)).toBe('a');
  });

  it('asks again for a file that was not there', async () => {
    const path = join(folder, 'later');
    await expect(files.use(path, text)).rejects.toMatchObject({ code: 'ENOENT' });
    await writeFile(path, 'later');
    expect(await files.use(path, text)).toBe('later');
  });

  it('closes the longest unused beyond its limit, and none that is being read', async () => {
    const kept: FileHandle[] = [];
    const keep = async (handle: FileHandle): Promise<void> => {
      await Promise.resolve();
      kept.push(handle);
    };
    await files.use(join(folder, 'a'), async (first) => {
      await files.use(join(folder, 'b'), keep);
      await files.use(join(folder, 'c'), keep);
      expect(await text(first)).toBe('a');
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(kept.map((handle) => handle.fd >= 0)).toEqual([false, true]);
  });
});
