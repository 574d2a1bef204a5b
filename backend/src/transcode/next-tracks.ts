import { Injectable } from '@nestjs/common';
import { PRIORITY } from '../jobs/job-map.js';
import { JobQueue } from '../jobs/job-queue.js';
import type { Codec } from '../media/ladder.js';
import { firstRung } from './ladder-policy.js';
import { RenditionRepository } from './rendition.repository.js';
import type { TrackSource } from './source.repository.js';

/** About a quarter of an hour; the player asks again as its queue moves on. */
const AHEAD = 5;

/** What a queue plays next is encoded before anybody waits for it. */
@Injectable()
export class NextTracks {
  constructor(
    private readonly renditions: RenditionRepository,
    private readonly jobs: JobQueue,
  ) {}

  /** The first of the queue is not among them: its listener waits for it himself. */
  async prepare(queue: readonly TrackSource[], codec: Codec): Promise<void> {
    const [first, ...rest] = queue;
    const next = [...new Map(rest.map((source) => [source.trackId, source])).values()]
      .filter(({ trackId }) => trackId !== first?.trackId)
      .slice(0, AHEAD);
    const rung = firstRung(codec);
    const made = await this.renditions.findOfTracks(next.map(({ trackId }) => trackId));
    const isThere = (source: TrackSource): boolean =>
      made.some(
        (each) =>
          each.trackId === source.trackId &&
          each.codec === codec &&
          each.bitrateKbps === rung.bitrateKbps &&
          each.chunk === 0 &&
          (each.state === 'ready' || each.state === 'encoding' || each.state === 'failed'),
      );
    for (const source of next.filter((each) => !isThere(each))) {
      // Of a long one its beginning: the rest is made while that plays.
      await this.renditions.queue(source, [rung], 'first');
      await this.jobs.hasten('transcode.track', [{ trackId: source.trackId }], PRIORITY.next);
    }
  }
}
