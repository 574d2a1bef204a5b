import type { Codec } from '../media/ladder.js';
import type { BackgroundGate } from './background-gate.js';
import type { EncodeService } from './encode.service.js';
import type { LeaseRepository } from './lease.repository.js';
import type { TrackSource } from './source.repository.js';

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
    for (const codec of CODECS.filter((each) => queued.includes(each)))
      whole = (await this.gate.pass(signal, () => this.encodeCodec(source, codec, signal))) && whole;
    return whole;
  }

  private async encodeCodec(source: TrackSource, codec: Codec, signal: AbortSignal): Promise<boolean> {
    const claimed = await this.leases.claimOfTrack(source.trackId, codec);
    return claimed.length === 0 || this.encodes.encode(source, claimed, 'background', signal);
  }
}
