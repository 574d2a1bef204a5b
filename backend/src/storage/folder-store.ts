import { mkdirSync } from 'node:fs';
import { mkdir, open, opendir, readFile, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { isMissingFile } from '../common/error-code.js';
import { newId } from '../common/id.js';
import { ObjectNotFound, assertKey, type ObjectDraft, type ObjectStore } from './object-store.js';

/** Makes a rename survive a power cut: the folder's own entry must reach the disk too. */
const syncFolder = async (path: string): Promise<void> => {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Objects as files below one folder; drafts grow beside them in `drafts/` and are renamed when whole. */
export class FolderStore implements ObjectStore {
  private readonly draftFolder: string;

  constructor(private readonly root: string) {
    this.draftFolder = join(root, 'drafts');
    mkdirSync(this.draftFolder, { recursive: true });
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    assertKey(key);
    const draft = await this.createDraft();
    try {
      await draft.append(bytes);
      await draft.commit(key);
    } finally {
      await draft.discard();
    }
  }

  async createDraft(): Promise<ObjectDraft> {
    const path = join(this.draftFolder, `${newId()}.part`);
    return new FolderDraft(path, await open(path, 'wx', 0o640), (key) => this.pathOf(key));
  }

  async read(key: string, range?: { readonly offset: number; readonly length: number }): Promise<Buffer> {
    try {
      if (range === undefined) return await readFile(this.pathOf(key));
      const handle = await open(this.pathOf(key), 'r');
      try {
        const buffer = Buffer.alloc(range.length);
        const { bytesRead } = await handle.read(buffer, 0, range.length, range.offset);
        return buffer.subarray(0, bytesRead);
      } finally {
        await handle.close();
      }
    } catch (error) {
      if (isMissingFile(error)) throw new ObjectNotFound(key);
      throw error;
    }
  }

  async size(key: string): Promise<number | null> {
    return (await stat(this.pathOf(key)).catch(noneIfMissing))?.size ?? null;
  }

  localPath(key: string): string {
    return this.pathOf(key);
  }

  async delete(key: string): Promise<void> {
    await rm(this.pathOf(key), { force: true });
  }

  async *list(prefix: string, minAgeMs = 0): AsyncIterable<string> {
    for await (const path of filesBelow(join(this.root, prefix), minAgeMs))
      yield relative(this.root, path).split(sep).join('/');
  }

  drafts(minAgeMs: number): AsyncIterable<string> {
    return filesBelow(this.draftFolder, minAgeMs);
  }

  async discardDraft(path: string): Promise<void> {
    await rm(join(this.draftFolder, basename(path)), { force: true });
  }

  private pathOf(key: string): string {
    assertKey(key);
    return join(this.root, key);
  }
}

/** Folder by folder, so that a large store is never held in memory; what vanishes meanwhile is not there. */
async function* filesBelow(folder: string, minAgeMs: number): AsyncIterable<string> {
  const entries = await opendir(folder).catch(noneIfMissing);
  for await (const entry of entries ?? []) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path, minAgeMs);
    else if (entry.isFile() && (minAgeMs === 0 || (await ageMs(path)) >= minAgeMs)) yield path;
  }
}

const ageMs = async (path: string): Promise<number> => {
  const found = await stat(path).catch(noneIfMissing);
  return found === null ? 0 : Date.now() - found.mtimeMs;
};

const noneIfMissing = (error: unknown): null => {
  if (isMissingFile(error)) return null;
  throw error;
};

class FolderDraft implements ObjectDraft {
  private closed = false;

  constructor(
    readonly path: string,
    private readonly handle: FileHandle,
    private readonly pathOf: (key: string) => string,
  ) {}

  async append(bytes: Uint8Array): Promise<void> {
    await this.handle.appendFile(bytes);
  }

  async commit(key: string): Promise<void> {
    const target = this.pathOf(key);
    await this.handle.sync();
    await this.close();
    await mkdir(dirname(target), { recursive: true });
    await rename(this.path, target);
    await syncFolder(dirname(target));
  }

  async discard(): Promise<void> {
    await this.close();
    await rm(this.path, { force: true });
  }

  private async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.handle.close();
  }
}
