import { log } from '../common/log.js';

/** A start has better things to do than to clean up. */
const GRACE_MS = 60_000;
const EVERY_MS = 3_600_000;

/** Sweeps a while after the start and then each hour, until it is stopped. Two workers may sweep at once. */
export class HourlySweep {
  private timer: NodeJS.Timeout | undefined;
  private stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly what: string,
    /** @returns how many things it removed */
    private readonly work: (signal: AbortSignal) => Promise<number>,
  ) {}

  start(): void {
    this.stopping = new AbortController();
    this.plan(GRACE_MS);
  }

  async stop(): Promise<void> {
    clearTimeout(this.timer);
    this.stopping.abort(new Error('the worker stops'));
    await this.running;
  }

  private plan(delayMs: number): void {
    this.timer = setTimeout(() => {
      this.running = this.run(this.stopping.signal);
    }, delayMs).unref();
  }

  private async run(signal: AbortSignal): Promise<void> {
    try {
      const removed = await this.work(signal);
      if (removed > 0) log.info({ removed }, `removed ${this.what} that belonged to nobody`);
    } catch (error) {
      // What could not be removed now is found again in an hour.
      if (!signal.aborted) log.warn({ err: error }, `could not sweep ${this.what}`);
    }
    if (!signal.aborted) this.plan(EVERY_MS);
  }
}
