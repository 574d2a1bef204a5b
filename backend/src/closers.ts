import { log } from './common/log.js';

/** What was opened, closed in the opposite order, however far the start came. */
export class Closers {
  private readonly list: (() => Promise<void>)[] = [];

  add(close: () => Promise<void>): void {
    this.list.unshift(close);
  }

  async run(): Promise<void> {
    for (const close of this.list.splice(0))
      await close().catch((error: unknown) => log.error({ err: error }, 'while stopping'));
  }
}
