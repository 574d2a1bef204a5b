import { availableParallelism } from 'node:os';
import type { LadderPolicy } from '../config/config.js';
import type { BackgroundEncodes } from './background-encodes.js';
import { rungsAhead } from './ladder-policy.js';
import type { RenditionQuota } from './rendition-quota.js';
import type { RenditionRepository } from './rendition.repository.js';
import type { SourceRepository } from './source.repository.js';

/** One job a track: what the policy wants ahead, and what was queued because somebody played it. */
export class LadderJobs {
  private readonly stopping = new AbortController();
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly policy: LadderPolicy,
    private readonly sources: SourceRepository,
    private readonly renditions: RenditionRepository,
    private readonly background: BackgroundEncodes,
    private readonly quota: Pick<RenditionQuota, 'hasRoom'>,
  ) {}

  /** A second delivery finds nothing to claim. @throws when an encoding failed that may be tried again. */
  async encodeTrack(trackId: string, jobSignal: AbortSignal): Promise<void> {
    const work = this.makeMissing(trackId, AbortSignal.any([jobSignal, this.stopping.signal]));
    this.running.add(work);
    try {
      await work;
    } finally {
      this.running.delete(work);
    }
  }

  /** Encodes end at once and their leases are given back; their jobs come again. */
  async stop(): Promise<void> {
    this.stopping.abort(new Error('the worker stops'));
    await Promise.allSettled(this.running);
  }

  private async makeMissing(trackId: string, signal: AbortSignal): Promise<void> {
    const found = (await this.sources.find([trackId])).get(trackId);
    // Gone, rejected or not measured yet: whoever measures it enqueues this job again.
    if (found?.state !== 'measured') return;
    const { source } = found;
    const ahead = rungsAhead(this.policy, source.lossless);
    if (ahead.length > 0 && (await this.quota.hasRoom())) await this.renditions.queue(source, ahead);
    const whole = await this.background.encodeQueued(source, signal);
    // What was given back must not pass for done: the job comes again.
    signal.throwIfAborted();
    if (!whole) throw new Error(`not every rendition of track ${trackId} could be encoded`);
  }
}

/** FFmpeg runs the encoders of one process in about one core. */
export const ENCODER_CORES = availableParallelism();
