const LOOK_EVERY_MS = 1000;
/** Measuring a large library takes days; its ladder must not stand still for so long. */
const STARVED_AFTER_MS = 120_000;

/**
 * Lets no background work of a kind begin while there is better work for the cores, such as measuring new files; unless
 * none has run for two minutes: then one may, at the lowest priority.
 */
export class BackgroundGate {
  private running = 0;
  private lastEndAt = performance.now();

  constructor(private readonly hasBetterWork: () => Promise<boolean>) {}

  /** Runs `work` when it may begin. @throws when stopped before */
  async pass<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    while ((await this.hasBetterWork()) && !this.isStarved()) await rest(signal);
    signal.throwIfAborted();
    this.running++;
    try {
      return await work();
    } finally {
      this.running--;
      this.lastEndAt = performance.now();
    }
  }

  private isStarved(): boolean {
    return this.running === 0 && performance.now() - this.lastEndAt >= STARVED_AFTER_MS;
  }
}

/** Until the next look, or the end. */
const rest = async (signal: AbortSignal): Promise<void> => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const onAbort = (): void => resolve();
  const timer = setTimeout(resolve, LOOK_EVERY_MS);
  signal.addEventListener('abort', onAbort, { once: true });
  await promise;
  clearTimeout(timer);
  signal.removeEventListener('abort', onAbort);
  signal.throwIfAborted();
};
