const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 60_000;

/** Pure: how long to wait after so many tries that failed. */
export const retryPauseMs = (failures: number): number =>
  Math.min(FIRST_PAUSE_MS * 2 ** Math.max(0, failures - 1), LONGEST_PAUSE_MS);

/** Folders whose scan failed, until they are tried again. They wait apart: what is new meanwhile is scanned at once. */
export class FailedFolders {
  private readonly waiting = new Set<string>();
  private timer: NodeJS.Timeout | null = null;
  private failures = 0;

  constructor(private readonly tryAgain: (folders: readonly string[]) => void) {}

  add(folders: readonly string[]): void {
    for (const folder of folders) this.waiting.add(folder);
    if (this.timer !== null) return;
    this.failures += 1;
    this.timer = setTimeout(() => this.end(), retryPauseMs(this.failures)).unref();
  }

  /** A scan went well. While others wait it says nothing about them: their pause grows on. */
  succeeded(): void {
    if (this.waiting.size === 0) this.failures = 0;
  }

  close(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.waiting.clear();
  }

  private end(): void {
    const folders = [...this.waiting];
    this.close();
    this.tryAgain(folders);
  }
}
