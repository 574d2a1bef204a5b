import { open, type FileHandle } from 'node:fs/promises';

interface OpenFile {
  /** Its name in the map: the asker's own copy of it need not be kept. */
  readonly path: string;
  readonly handle: Promise<FileHandle>;
  users: number;
  lastUsedAt: number;
}

/**
 * Keeps rendition files open between segments: opening costs more than reading one. A renamed or removed file stays
 * readable through its descriptor, so only files that never change under their name belong here.
 */
export class OpenFiles {
  private readonly files = new Map<string, OpenFile>();
  private readonly sweep: NodeJS.Timeout;

  constructor(
    private readonly most = 512,
    private readonly idleMs = 60_000,
  ) {
    this.sweep = setInterval(() => this.closeIdle(performance.now() - this.idleMs), idleMs);
    this.sweep.unref();
  }

  /** The handle is valid until `work` ends. @throws as open does */
  async use<T>(path: string, work: (handle: FileHandle) => Promise<T>): Promise<T> {
    const file = this.files.get(path) ?? this.add(path);
    file.users++;
    try {
      return await work(await file.handle);
    } finally {
      file.users--;
      file.lastUsedAt = performance.now();
      if (this.files.get(path) === file) {
        this.files.delete(file.path);
        this.files.set(file.path, file);
      }
      this.closeSurplus();
    }
  }

  async close(): Promise<void> {
    clearInterval(this.sweep);
    const files = [...this.files.values()];
    this.files.clear();
    await Promise.all(files.map((file) => closeQuietly(file)));
  }

  private add(path: string): OpenFile {
    const file: OpenFile = { path, handle: open(path, 'r'), users: 0, lastUsedAt: performance.now() };
    this.files.set(path, file);
    // A file that could not be opened is asked for again next time.
    file.handle.catch(() => this.files.delete(path));
    return file;
  }

  /** The map is in the order of use: longest unused first, and never one that is being read. */
  private closeSurplus(): void {
    if (this.files.size <= this.most) return;
    for (const [path, file] of this.files) {
      if (file.users > 0) continue;
      this.files.delete(path);
      void closeQuietly(file);
      if (this.files.size <= this.most) return;
    }
  }

  private closeIdle(unusedSince: number): void {
    for (const [path, file] of this.files) {
      if (file.users > 0 || file.lastUsedAt >= unusedSince) continue;
      this.files.delete(path);
      void closeQuietly(file);
    }
  }
}

/** A descriptor that was only read from has nothing to lose at its close. */
const closeQuietly = (file: OpenFile): Promise<void> =>
  file.handle.then((handle) => handle.close()).catch(() => undefined);
