import { mkdir, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Written, and on the disk when this resolves. */
export async function writeDurably(path: string, bytes: Uint8Array | string): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Which names a directory holds reaches the disk only when the directory itself is synced. */
export async function syncDirectory(path: string): Promise<void> {
  // Windows opens no directories; there the file system's own journal has to do.
  if (process.platform === 'win32') return;
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}

/** A directory that is there whole, or not at all: written aside under a name that readers do not look at. */
export async function writeDirectory(
  root: string,
  name: string,
  aside: string,
  files: ReadonlyMap<string, Uint8Array | string>,
): Promise<void> {
  await mkdir(root, { recursive: true });
  const asidePath = join(root, aside);
  try {
    await mkdir(asidePath);
    for (const [file, bytes] of files) await writeDurably(join(asidePath, file), bytes);
    await syncDirectory(asidePath);
    await rename(asidePath, join(root, name));
  } finally {
    await rm(asidePath, { recursive: true, force: true });
  }
  await syncDirectory(root);
}
