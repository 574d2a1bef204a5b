import { statfs } from 'node:fs/promises';
import { Injectable } from '@nestjs/common';
import { log } from '../common/log.js';
import { PRIORITY } from '../jobs/job-map.js';
import { JobQueue } from '../jobs/job-queue.js';
import { Library } from '../libraries/library.entity.js';
import { LibraryRepository } from '../libraries/library.repository.js';
import { FailedFolders } from './failed-folders.js';
import { SETTLE_MS } from './folder-changes.js';
import { FolderWatch } from './folder-watch.js';
import { ScanService } from './scan.service.js';
import { Surveyor } from './survey.js';

/** A whole look at every library, for what no watcher told. */
const RESCAN_MS = 15 * 60_000;
/** Network file systems tell nobody of changes made elsewhere. */
const NETWORK_RESCAN_MS = 60_000;
/** A disk that is mounted or goes away is noticed after this long. */
const ROOT_LOOK_MS = 5000;

const NETWORK_TYPES: ReadonlySet<number> = new Set([
  0x6969, // NFS
  0xff534d42, // CIFS
  0xfe534d42, // SMB2
  0x517b, // SMB
  0x65735546, // FUSE: sshfs, rclone, gvfs
  0x01021997, // 9p: shared folders of virtual machines
]);

interface Watched {
  readonly watch: FolderWatch;
  readonly pending: Set<string>;
  readonly failed: FailedFolders;
  isRunning: boolean;
  isNetwork: boolean;
  root: string;
  /** By the clock that nobody sets. */
  scannedAt: number;
}

/** Keeps the libraries true to their folders while the worker runs. */
@Injectable()
export class WatchService {
  private readonly watched = new Map<string, Watched>();
  private readonly stopping = new AbortController();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly libraries: LibraryRepository,
    private readonly jobs: JobQueue,
    private readonly scans: ScanService,
    private readonly surveyor: Surveyor,
  ) {}

  /** Asks for a scan of every library now, and looks after them from then on. */
  async start(): Promise<void> {
    this.scans.onUnsettled = (libraryId, folders) => this.lookAgain(libraryId, folders);
    await this.requestScans(await this.libraries.findAll());
    this.timer = setInterval(() => {
      this.lookAtRoots().catch((error: unknown) =>
        log.debug({ err: error }, 'the music folders could not be looked at'),
      );
    }, ROOT_LOOK_MS);
  }

  stop(): void {
    this.stopping.abort();
    if (this.timer !== null) clearInterval(this.timer);
    for (const { watch, failed } of this.watched.values()) {
      watch.close();
      failed.close();
    }
  }

  /** A whole scan, which also says what folders there are to watch. */
  async scan(libraryId: string, signal: AbortSignal): Promise<void> {
    const library = await this.libraries.getById(libraryId);
    const watched = await this.entryOf(library);
    const seen = new Set<string>();
    const onFolder = (path: string): void => {
      seen.add(path);
      watched.watch.add(path);
    };
    const result = await this.scans.scan(libraryId, 'all', signal, onFolder);
    watched.scannedAt = performance.now();
    if (result.outcome === 'done') watched.watch.retain(seen);
  }

  private async entryOf(library: Library): Promise<Watched> {
    const known = this.watched.get(library.id);
    if (known !== undefined) return known;
    const made: Watched = {
      watch: new FolderWatch(library.root, (folders) => this.note(library.id, folders)),
      pending: new Set(),
      failed: new FailedFolders((folders) => this.note(library.id, folders)),
      isRunning: false,
      isNetwork: await isNetwork(library.root),
      root: this.rootKey(library),
      scannedAt: performance.now(),
    };
    this.watched.set(library.id, made);
    return made;
  }

  private lookAgain(libraryId: string, folders: readonly string[]): void {
    setTimeout(() => this.note(libraryId, folders), SETTLE_MS).unref();
  }

  private note(libraryId: string, folders: readonly string[]): void {
    const watched = this.watched.get(libraryId);
    if (watched === undefined || this.stopping.signal.aborted) return;
    for (const folder of folders) watched.pending.add(folder);
    if (!watched.isRunning) void this.work(libraryId, watched);
  }

  private async work(libraryId: string, watched: Watched): Promise<void> {
    watched.isRunning = true;
    while (watched.pending.size > 0 && !this.stopping.signal.aborted) {
      const folders = [...watched.pending];
      watched.pending.clear();
      try {
        await this.scans.scan(libraryId, folders, this.stopping.signal, (path) => watched.watch.add(path));
        watched.failed.succeeded();
      } catch (error) {
        if (this.stopping.signal.aborted) break;
        log.warn({ err: error }, 'changed folders could not be scanned; they are tried again');
        watched.failed.add(folders);
      }
    }
    watched.isRunning = false;
  }

  private async lookAtRoots(): Promise<void> {
    const now = performance.now();
    const due: Library[] = [];
    for (const library of await this.libraries.findAll()) {
      const watched = await this.entryOf(library);
      const root = this.rootKey(library);
      const waitMs = watched.isNetwork ? NETWORK_RESCAN_MS : RESCAN_MS;
      if (root === watched.root && now - watched.scannedAt < waitMs) continue;
      // Another root has other folders, even under the same names.
      if (root !== watched.root) watched.watch.retain(new Set());
      watched.root = root;
      watched.scannedAt = now;
      due.push(library);
    }
    await this.requestScans(due);
  }

  private async requestScans(libraries: readonly Library[]): Promise<void> {
    await this.jobs.enqueueMany(
      'ingest.scan',
      libraries.map(({ id }) => ({ libraryId: id })),
      { priority: PRIORITY.fresh },
    );
  }

  private rootKey(library: Library): string {
    const { device, inode } = this.surveyor.rootOf(library.root);
    return `${device} ${inode}`;
  }
}

const isNetwork = async (root: Buffer): Promise<boolean> => {
  try {
    return NETWORK_TYPES.has((await statfs(root)).type);
  } catch {
    // Not there at the moment; the root is looked at again and again anyway.
    return false;
  }
};
