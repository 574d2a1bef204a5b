import { log } from '../common/log.js';
import type { Database } from '../database/database.js';
import { mayCountOtherwise } from '../media/capabilities.js';
import type { FfmpegTools } from '../media/find-ffmpeg.js';

/**
 * An ffmpeg that is better than the one that a library was measured with decodes lossy files to other counts: the one of
 * 2018 in the npm package keeps samples of Vorbis and WMA that later ones trim. Those are measured anew. Between
 * releases that are tested nothing is, unless an encode shows that it must (LeaseRepository).
 */
export class OlderCounts {
  constructor(
    private readonly db: Database,
    private readonly tools: Pick<FfmpegTools, 'version' | 'degraded'>,
  ) {}

  /** With the process; the next whole scan enqueues what is marked (ForgottenFiles). @returns how many files */
  async doubt(): Promise<number> {
    if (this.tools.degraded !== null) return 0;
    const versions = await this.db.query<{ readonly version: string }>(
      'SELECT DISTINCT ffmpeg_version AS version FROM files WHERE ffmpeg_version IS DISTINCT FROM $1 AND ffmpeg_version IS NOT NULL',
      [this.tools.version],
    );
    const older = versions.map(({ version }) => version).filter(mayCountOtherwise);
    if (older.length === 0) return 0;
    const doubted = await this.db.query(
      `UPDATE files SET facts_version = 0 FROM tracks WHERE file_id = files.id AND file_index = 0 AND NOT lossless
          AND files.state = 'ready' AND facts_version > 0 AND ffmpeg_version = ANY($1::text[]) RETURNING files.id`,
      [older],
    );
    if (doubted.length > 0)
      log.info({ files: doubted.length, older }, 'lossy files of an older ffmpeg are measured anew');
    return doubted.length;
  }
}
