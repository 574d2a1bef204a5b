import type { Codec } from '../media/ladder.js';
import type { BackgroundGate } from '../jobs/background-gate.js';
import { chunkCount } from './chunks.js';
import type { EncodeService } from './encode.service.js';
import type { LeaseRepository } from './lease.repository.js';
import type { TrackSource } from './source.repository.js';
import { predictedTimeline } from './timeline.js';

/** The order in which clients choose: a listener is most likely helped by what comes first. */
const CODECS: readonly Codec[] = ['opus', 'aac', 'flac'];

/** Encodes what waits its turn and nobody waits for; a lease is taken only when its encode may begin. */
export class BackgroundEncodes {
  constructor(
    private readonly leases: LeaseRepository,
    private readonly encodes: EncodeService,
    private readonly gate: BackgroundGate,
  ) {}

  /** @returns false when an encoding failed that may be tried again */
  async encodeQueued(source: TrackSource, signal: AbortSignal): Promise<boolean> {
    const queued = await this.leases.codecsOfTrack(source.trackId);
    let whole = true;
    for (const codec of CODECS.filter((each) => queued.includes(each))) {
      // Of a long track several chunks at once, so that one job has work for every core.
      const lanes = Math.min(this.encodes.cores, chunkCount(predictedTimeline(codec, source)));
      const ends = await Promise.all(
        Array.from({ length: lanes }, () => this.encodeChunks(source, codec, signal)),
      );
      whole = whole && ends.every(Boolean);
    }
    return whole;
  }

  /** One chunk after another, until none is left or one fails. */
  private async encodeChunks(source: TrackSource, codec: Codec, signal: AbortSignal): Promise<boolean> {
    for (;;) {
      const end = await this.gate.pass(signal, () => this.encodeNext(source, codec, signal));
      if (end !== 'ready') return end === 'nothing left';
    }
  }

  private async encodeNext(
    source: TrackSource,
    codec: Codec,
    signal: AbortSignal,
  ): Promise<'ready' | 'failed' | 'nothing left'> {
    const claimed = await this.leases.claimOfTrack(source.trackId, codec);
    if (claimed.length === 0) return 'nothing left';
    return (await this.encodes.encode(source, claimed, 'background', signal)) ? 'ready' : 'failed';
  }
}
