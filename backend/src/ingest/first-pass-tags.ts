import type { FfmpegTools } from '../media/find-ffmpeg.js';
import { MediaError } from '../media/media-error.js';
import { readTagsByProbe } from '../media/tags.js';
import type { TagReaderPool, TagReading } from '../media/tag-reader-pool.js';
import type { TagSource } from './intake.js';

/** The tag reader, and ffprobe for what it refuses: many of those files are good music with a bad tag. */
export class FirstPassTags implements TagSource {
  constructor(
    private readonly pool: Pick<TagReaderPool, 'read'>,
    private readonly tools: FfmpegTools,
  ) {}

  async read(paths: readonly Buffer[]): Promise<readonly TagReading[]> {
    const readings = await this.pool.read(paths);
    return Promise.all(readings.map((reading, index) => this.orProbed(reading, paths[index])));
  }

  private async orProbed(reading: TagReading, path: Buffer | undefined): Promise<TagReading> {
    if ('file' in reading || path === undefined || reading.error.code === 'UNREADABLE') return reading;
    try {
      return { file: await readTagsByProbe(this.tools, path) };
    } catch (error) {
      if (error instanceof MediaError) return { error };
      throw error;
    }
  }
}
