import { log } from './common/log.js';

/** What was opened, closed in the opposite order, however far the start came. */
export class Closers {
  private readonly list: (() => Promise<void>)[] = [];
  private running: Promise<void> | null = null;

  add(close: () => Promise<void>): void {
    this.list.unshift(close);
  }

  /** Whoever asks again waits for the same end. */
  run(): Promise<void> {
    this.running ??= this.closeAll();
    return this.running;
  }

  private async closeAll(): Promise<void> {
    for (const close of this.list.splice(0))
      await close().catch((error: unknown) => log.error({ err: error }, 'while stopping'));
  }
}
