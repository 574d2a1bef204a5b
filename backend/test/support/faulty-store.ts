import { mkdir, rmdir } from 'node:fs/promises';
import { FolderStore } from '../../src/storage/folder-store.js';
import type { ObjectDraft } from '../../src/storage/object-store.js';

export const STORE_CALLS = ['create', 'write', 'fsync', 'rename', 'folder fsync'] as const;
export type StoreCall = (typeof STORE_CALLS)[number];

/** A store on a disk whose Nth call of one kind fails; what came before it is on the disk, as on a real one. */
export class FaultyStore extends FolderStore {
  private calls = 0;

  constructor(
    root: string,
    private readonly kind: StoreCall,
    private readonly failing: number,
  ) {
    super(root);
  }

  /** Whether the call that was to fail was reached at all. */
  get hasFailed(): boolean {
    return this.calls >= this.failing;
  }

  override async createDraft(): Promise<ObjectDraft> {
    this.pass('create');
    const draft = await super.createDraft();
    return {
      path: draft.path,
      append: async (bytes) => {
        this.pass('write');
        await draft.append(bytes);
      },
      commit: async (key) => {
        this.pass('fsync');
        await this.inTheWay(this.isNext('rename') ? this.localPath(key) : null, () => draft.commit(key));
        // The last step of a commit: the object has its name, and nobody may count on it.
        this.pass('folder fsync');
      },
      discard: () => draft.discard(),
    };
  }

  private isNext(kind: StoreCall): boolean {
    return kind === this.kind && ++this.calls === this.failing;
  }

  /** What stands at the name itself makes the rename alone fail, after the fsync. */
  private async inTheWay(path: string | null, commit: () => Promise<void>): Promise<void> {
    if (path !== null) await mkdir(path, { recursive: true });
    try {
      await commit();
    } finally {
      if (path !== null) await rmdir(path);
    }
  }

  private pass(kind: StoreCall): void {
    if (!this.isNext(kind)) return;
    throw Object.assign(new Error(`${kind === 'write' ? 'ENOSPC' : 'EIO'}: ${kind}`), {
      code: kind === 'write' ? 'ENOSPC' : 'EIO',
    });
  }
}
