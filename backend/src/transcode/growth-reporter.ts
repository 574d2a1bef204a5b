import type { Growth } from './announcement.js';

/** How often a rendition that nobody waits for tells how far it is. */
const IDLE_EVERY_MS = 1000;
const EVENT_EVERY_MS = 1000;

/**
 * Tells of a growing rendition, one report at a time: what grows while one is on its way is told by the next. While
 * somebody waits each fragment is told at once, else one report a second is enough.
 */
export class GrowthReporter {
  private told = 0;
  private pending = false;
  private lastReport = 0;
  private lastEvent = 0;
  private reporting = false;
  private ended = false;
  private running: Promise<void> = Promise.resolve();
  private failure: { readonly error: unknown } | null = null;

  constructor(
    private readonly current: () => Omit<Growth, 'firstNew'>,
    private readonly report: (growth: Growth, withEvent: boolean) => Promise<void>,
    private urgent: boolean,
  ) {}

  /** @throws what the last report threw: an encode whose progress cannot be stored must not go on. */
  grown(): void {
    if (this.failure !== null) throw this.failure.error;
    this.pending = true;
    if (this.urgent || performance.now() - this.lastReport >= IDLE_EVERY_MS) this.start();
  }

  /** A listener has come: everything so far is told now, and all that follows at once. */
  hurry(): void {
    if (this.ended) return;
    this.urgent = true;
    this.pending = true;
    this.start();
  }

  /** Nothing is on its way any more, and nothing more will be told. */
  async settled(): Promise<void> {
    this.ended = true;
    this.urgent = false;
    await this.running;
  }

  private start(): void {
    if (this.reporting) return;
    this.reporting = true;
    this.running = this.drain();
  }

  private async drain(): Promise<void> {
    try {
      do {
        this.pending = false;
        const growth = { ...this.current(), firstNew: this.told };
        const now = performance.now();
        const withEvent = now - this.lastEvent >= EVENT_EVERY_MS;
        if (withEvent) this.lastEvent = now;
        this.lastReport = now;
        this.told = growth.segmentBytes.length;
        await this.report(growth, withEvent);
      } while (this.pending && this.urgent);
    } catch (error) {
      this.failure = { error };
    } finally {
      // In the same turn as the last look at `pending`: what grows between the two would be told by nobody.
      this.reporting = false;
    }
  }
}
