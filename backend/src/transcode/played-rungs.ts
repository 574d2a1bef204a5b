import { Injectable, Optional } from '@nestjs/common';
import { PRIORITY } from '../jobs/job-map.js';
import { JobQueue } from '../jobs/job-queue.js';
import { chunkCount } from './chunks.js';
import { rungsOf, type RenditionKey } from './rendition.js';
import { RenditionRepository } from './rendition.repository.js';
import { SourceRepository } from './source.repository.js';
import { predictedTimeline } from './timeline.js';

const REMEMBERED = 10_000;
/** Every listener asks for a segment each few seconds: a database that is away must not be asked as often. */
const REST_MS = 10_000;

/** Once a track really plays, the rest of it and the other rungs of its codec follow, so that adaptation finds them. */
@Injectable()
export class PlayedRungs {
  /** The moment before which a track and codec have nothing to do here. */
  private readonly restsUntil = new Map<string, number>();

  constructor(
    private readonly sources: SourceRepository,
    private readonly renditions: RenditionRepository,
    private readonly jobs: JobQueue,
    @Optional() private readonly restMs: number = REST_MS,
  ) {}

  /**
   * A segment was asked for. Only the first of a track and codec in this process has work to do, and the next one
   * after a failure when some seconds have passed; for all others nothing is returned.
   */
  played(key: RenditionKey, index = 0): Promise<void> | undefined {
    const name = `${key.trackId}/${key.codec}`;
    const restsUntil = this.restsUntil.get(name);
    if (restsUntil !== undefined && performance.now() < restsUntil) return undefined;
    if (this.restsUntil.size >= REMEMBERED) this.restsUntil.clear();
    this.restsUntil.set(name, Number.POSITIVE_INFINITY);
    return this.queueOthers(key, index).catch((error: unknown) => {
      this.restsUntil.set(name, performance.now() + this.restMs);
      throw error;
    });
  }

  private async queueOthers(key: RenditionKey, index: number): Promise<void> {
    const rungs = rungsOf(key.codec);
    const source = await this.sources.get(key.trackId);
    const parts = rungs.length * chunkCount(predictedTimeline(key.codec, source));
    // What is asked for is made whether or not it is queued.
    if (parts === 1) return;
    const made = await this.renditions.findOfTracks([key.trackId]);
    const ready = made.filter((each) => each.codec === key.codec && each.state === 'ready');
    if (ready.length === parts) return;
    await this.renditions.queue(source, rungs);
    await this.renditions.seek(key, index);
    await this.jobs.hasten('transcode.track', [{ trackId: key.trackId }], PRIORITY.next);
  }
}
