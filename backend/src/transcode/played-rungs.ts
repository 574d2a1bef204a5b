import { Injectable } from '@nestjs/common';
import { PRIORITY } from '../jobs/job-map.js';
import { JobQueue } from '../jobs/job-queue.js';
import { chunkCount } from './chunks.js';
import { rungsOf, type RenditionKey } from './rendition.js';
import { RenditionRepository } from './rendition.repository.js';
import { SourceRepository } from './source.repository.js';
import { predictedTimeline } from './timeline.js';

const REMEMBERED = 10_000;

/** Once a track really plays, the rest of it and the other rungs of its codec follow, so that adaptation finds them. */
@Injectable()
export class PlayedRungs {
  private readonly seen = new Set<string>();

  constructor(
    private readonly sources: SourceRepository,
    private readonly renditions: RenditionRepository,
    private readonly jobs: JobQueue,
  ) {}

  /** A segment was asked for; only the first of a track and codec in this process has work to do. */
  async played(key: RenditionKey): Promise<void> {
    const name = `${key.trackId}/${key.codec}`;
    if (this.seen.has(name)) return;
    if (this.seen.size >= REMEMBERED) this.seen.clear();
    this.seen.add(name);
    try {
      await this.queueOthers(key);
    } catch (error) {
      this.seen.delete(name);
      throw error;
    }
  }

  private async queueOthers(key: RenditionKey): Promise<void> {
    const rungs = rungsOf(key.codec);
    const source = await this.sources.get(key.trackId);
    const parts = rungs.length * chunkCount(predictedTimeline(key.codec, source));
    // What is asked for is made whether or not it is queued.
    if (parts === 1) return;
    const made = await this.renditions.findOfTracks([key.trackId]);
    const ready = made.filter((each) => each.codec === key.codec && each.state === 'ready');
    if (ready.length === parts) return;
    await this.renditions.queue(source, rungs);
    await this.jobs.hasten('transcode.track', [{ trackId: key.trackId }], PRIORITY.next);
  }
}
