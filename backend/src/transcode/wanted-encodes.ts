import { errorMessage } from '../common/error-code.js';
import { log } from '../common/log.js';
import type { Notifier } from '../database/notifier.js';
import type { EncodeService } from './encode.service.js';
import type { EncodeSlots } from './encode-slots.js';
import type { LeaseRepository } from './lease.repository.js';
import { isLeaving, renditionIdOf } from './announcement.js';
import type { ClaimedRendition } from './rendition.js';
import type { SourceRepository } from './source.repository.js';

/** Notifications can be lost with their connection; this finds what they would have told, and dead workers' leases. */
const LOOK_EVERY_MS = 2000;

/** Encoders whose listeners have gone go on in what the others leave; so many a core, then the oldest is stopped. */
const RELAXED_PER_CORE = 2;

interface RunningEncode {
  readonly work: Promise<void>;
  readonly stop: AbortController;
}

/** Encodes at once what listeners wait for, before anything in the background. */
export class WantedEncodes {
  private stopping = new AbortController();
  /** By rendition, the oldest first. */
  private readonly running = new Map<string, RunningEncode>();
  private looking: Promise<void> = Promise.resolve();
  private isLooking = false;
  private lookAgain = false;
  private timer: NodeJS.Timeout | undefined;
  private unsubscribe: (() => void) | undefined;

  constructor(
    private readonly notifier: Notifier,
    private readonly leases: LeaseRepository,
    private readonly sources: SourceRepository,
    private readonly encodes: EncodeService,
    private readonly slots: EncodeSlots,
  ) {}

  async start(): Promise<void> {
    this.stopping = new AbortController();
    this.unsubscribe = await this.notifier.subscribe('kanade_wanted', (payload) => {
      const renditionId = renditionIdOf(payload);
      if (renditionId !== undefined && isLeaving(payload)) this.encodes.relax(renditionId);
      else if (renditionId !== undefined) this.encodes.hurry(renditionId);
      this.look();
    });
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS);
    this.look();
  }

  /** Encodes end, their leases are given back. */
  async stop(): Promise<void> {
    this.unsubscribe?.();
    clearInterval(this.timer);
    this.stopping.abort(new Error('the worker stops'));
    await this.looking;
    await Promise.all([...this.running.values()].map(({ work }) => work));
  }

  private look(): void {
    this.lookAgain = true;
    if (this.isLooking) return;
    this.isLooking = true;
    this.looking = this.takeAll();
  }

  private async takeAll(): Promise<void> {
    try {
      while (this.lookAgain && !this.stopping.signal.aborted) {
        this.lookAgain = false;
        await this.encodes.lookAtListeners();
        while (this.awaited < this.slots.cores && !this.stopping.signal.aborted) {
          const [claimed] = await this.leases.claimWanted();
          if (claimed === undefined) break;
          this.begin(claimed);
        }
      }
    } catch (error) {
      // The database is away: the next look finds what waits.
      log.debug({ error: errorMessage(error) }, 'could not look for waiting listeners');
    } finally {
      // In the same turn as the last look at `lookAgain`: who asks between the two would not be heard.
      this.isLooking = false;
    }
  }

  private get awaited(): number {
    return [...this.running.keys()].filter((id) => !this.encodes.isRelaxed(id)).length;
  }

  /** A listener who skips from track to track must not leave an ffmpeg behind at each. */
  private stopOldest(): void {
    const relaxed = [...this.running].filter(
      ([id, { stop }]) => this.encodes.isRelaxed(id) && !stop.signal.aborted,
    );
    const [oldest] = relaxed;
    if (oldest !== undefined && relaxed.length >= RELAXED_PER_CORE * this.slots.cores)
      oldest[1].stop.abort(new Error('nobody waits for it any more'));
  }

  private begin(claimed: ClaimedRendition): void {
    this.stopOldest();
    const stop = new AbortController();
    const work = this.encodeOne(claimed, AbortSignal.any([this.stopping.signal, stop.signal]))
      .catch((error: unknown) => log.error({ err: error, ...claimed }, 'a wanted encoding broke'))
      .finally(() => {
        this.running.delete(claimed.id);
        this.look();
      });
    this.running.set(claimed.id, { work, stop });
  }

  private async encodeOne(claimed: ClaimedRendition, signal: AbortSignal): Promise<void> {
    const found = (await this.sources.find([claimed.trackId])).get(claimed.trackId);
    if (found?.state !== 'measured') {
      await this.leases.fail(claimed, 'the file of this track cannot be read at the moment');
      return;
    }
    await this.encodes.encode(found.source, [claimed], 'waiting', signal);
  }
}
