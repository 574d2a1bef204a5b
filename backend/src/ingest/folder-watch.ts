import { watch, type FSWatcher } from 'node:fs';
import { log } from '../common/log.js';
import { isHidden } from './file-names.js';
import { absolutePath } from './walk.js';

/** A burst of changes (an album being copied) is looked at once it pauses, and at least this often. */
const PAUSE_MS = 700;
const LONGEST_MS = 5000;

/**
 * Watches the folders of one library, each by itself: a recursive watch would stat the whole tree again, and names that
 * are no UTF-8 would be out of its reach. Where the system gives no more watches, the periodic scan finds the rest.
 */
export class FolderWatch {
  private readonly watchers = new Map<string, FSWatcher>();
  private dirty = new Set<string>();
  private timer: NodeJS.Timeout | null = null;
  private firstAt = 0;
  private isFull = false;
  private isClosed = false;

  constructor(
    private readonly root: Buffer,
    private readonly onChange: (folders: readonly string[]) => void,
  ) {}

  get size(): number {
    return this.watchers.size;
  }

  add(path: string): void {
    if (this.isClosed || this.isFull || this.watchers.has(path)) return;
    try {
      const watcher = watch(absolutePath(this.root, path), { encoding: 'latin1', persistent: false });
      watcher.on('change', (_event, name) => this.note(path, String(name)));
      // A folder that goes away: its parent's watcher tells of it.
      watcher.on('error', () => this.drop(path));
      this.watchers.set(path, watcher);
    } catch (error) {
      this.isFull = isOutOfWatches(error);
      if (this.isFull)
        log.warn(
          { watched: this.size },
          'no more folders can be watched; changes there are found by the periodic scan',
        );
    }
  }

  /** Forgets the folders that are not there any more. */
  retain(paths: ReadonlySet<string>): void {
    for (const path of [...this.watchers.keys()]) if (!paths.has(path)) this.drop(path);
    this.isFull = false;
  }

  close(): void {
    this.isClosed = true;
    if (this.timer !== null) clearTimeout(this.timer);
    for (const path of [...this.watchers.keys()]) this.drop(path);
  }

  private drop(path: string): void {
    this.watchers.get(path)?.close();
    this.watchers.delete(path);
  }

  private note(path: string, name: string): void {
    if (this.isClosed || isHidden(name)) return;
    const now = performance.now();
    if (this.dirty.size === 0) this.firstAt = now;
    this.dirty.add(path);
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(
      () => this.tell(),
      Math.max(0, Math.min(PAUSE_MS, this.firstAt + LONGEST_MS - now)),
    );
  }

  private tell(): void {
    const folders = [...this.dirty];
    this.dirty = new Set();
    this.timer = null;
    this.onChange(folders);
  }
}

const isOutOfWatches = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  (error.code === 'ENOSPC' || error.code === 'EMFILE');
