import type { Library } from '../libraries/library.entity.js';
import type { Intake, IntakeBatch, IntakeItem, TakenFolder } from './intake.js';

/**
 * A kill loses the batch being written and the one being read: together less than 1 % of 10,000 files.
 */
const BATCH = 48;

/** Gathers files of any number of folders into batches; one is read while the one before it is written. */
export class IntakeQueue {
  private newFolders: { readonly id: string; readonly path: string }[] = [];
  private items: IntakeItem[] = [];
  private returned: string[] = [];
  private completed: TakenFolder[] = [];
  private writing: Promise<void> = Promise.resolve();
  taken = 0;

  constructor(
    private readonly intake: Intake,
    private readonly library: Library,
    private readonly onBatch: () => void = () => undefined,
  ) {}

  addFolder(folder: { readonly id: string; readonly path: string }): void {
    this.newFolders.push(folder);
  }

  async add(item: IntakeItem): Promise<void> {
    this.items.push(item);
    if (this.items.length >= BATCH) await this.flush();
  }

  addReturned(fileId: string): void {
    this.returned.push(fileId);
  }

  /** After all files of the folder. */
  async complete(folder: TakenFolder): Promise<void> {
    this.completed.push(folder);
    if (this.completed.length + this.returned.length >= 10 * BATCH) await this.flush();
  }

  /** After a failure: nothing is still being written when the library's lock goes. */
  async settle(): Promise<void> {
    await this.writing.catch(() => undefined);
  }

  async end(): Promise<void> {
    await this.flush();
    await this.writing;
  }

  private async flush(): Promise<void> {
    const batch: IntakeBatch = {
      libraryId: this.library.id,
      root: this.library.root,
      newFolders: this.newFolders,
      items: this.items,
      returned: this.returned,
      complete: this.completed,
    };
    if (batch.items.length + batch.returned.length + batch.complete.length === 0) return;
    this.newFolders = [];
    this.items = [];
    this.returned = [];
    this.completed = [];
    const read = await this.intake.read(batch);
    await this.writing;
    this.writing = this.intake.write(batch, read).then(() => {
      this.taken += batch.items.length;
      this.onBatch();
    });
    // Whoever awaits it next is told; until then a failure is not unhandled.
    this.writing.catch(() => undefined);
  }
}
