import { lstat } from 'node:fs/promises';
import type { EntityManager } from 'typeorm';
import type { SoundWriter } from '../catalog/sound-writer.js';
import { log } from '../common/log.js';
import type { Database } from '../database/database.js';
import type { BackgroundGate } from '../jobs/background-gate.js';
import { PRIORITY } from '../jobs/job-map.js';
import type { JobQueue } from '../jobs/job-queue.js';
import type { KnownSound } from '../media/facts.js';
import { MediaError } from '../media/media-error.js';
import { type Branch, type SoundFacts, type SoundVersions, staleBranches } from '../media/sound-facts.js';
import { PASSING } from './analyser.js';
import { signed64 } from './walk.js';

/** Tells facts of sound anew, in a process that may die of a file. */
export interface SoundDecoder {
  /** Of the facts that it tells. */
  readonly versions: SoundVersions;
  remeasure(sound: KnownSound, branches: ReadonlySet<Branch>, signal: AbortSignal): Promise<SoundFacts>;
}

/** Jobs that lie in the queue at once: what comes after them is found when they are done. */
const BATCH = 200;

interface TrackRow {
  readonly fileId: string;
  readonly path: Buffer;
  readonly changesForm: boolean;
  readonly sizeBytes: string;
  readonly inode: string;
  readonly tried: SoundVersions;
  readonly fromSample: number | null;
  readonly toSample: number | null;
}

/**
 * Tells the facts of tracks anew that are told in a new way, or that the ffmpeg of their time could not tell. The rows
 * say what is still to be done, so it goes on wherever it was stopped; a track stays ready whatever comes of it.
 */
export class SoundRefresh {
  /** What was looked at since is not looked at again before the next start, whatever came of it. */
  private beganAt = new Date();

  constructor(
    private readonly db: Database,
    private readonly decoder: SoundDecoder,
    private readonly sounds: SoundWriter,
    private readonly jobs: JobQueue,
    private readonly gate: Pick<BackgroundGate, 'pass'>,
  ) {}

  /** With the process: whoever starts with other facts or another ffmpeg has work for them. */
  async begin(): Promise<void> {
    this.beganAt = (await this.db.first<{ now: Date }>('SELECT now()'))?.now ?? this.beganAt;
    const tracks = await this.sounds.countStale(this.decoder.versions);
    if (tracks === 0) return;
    log.info({ tracks }, 'the sound of tracks is measured anew in the background');
    await this.enqueueNext();
  }

  /** Safe to run twice. */
  async remeasure(trackId: string, signal: AbortSignal, isLastAttempt = false): Promise<void> {
    const row = await this.find(trackId);
    if (row !== undefined) await this.tellAnew(trackId, row, signal, isLastAttempt);
    if (!(await this.jobs.hasWaiting('ingest.remeasure'))) await this.enqueueNext();
  }

  private async enqueueNext(): Promise<void> {
    await this.jobs.start();
    const stale = await this.sounds.findStale(this.decoder.versions, this.beganAt, BATCH);
    await this.jobs.enqueueMany(
      'ingest.remeasure',
      stale.map((trackId) => ({ trackId })),
      { priority: PRIORITY.idle },
    );
  }

  private find(trackId: string): Promise<TrackRow | undefined> {
    return this.db.first<TrackRow>(
      `SELECT files.id AS "fileId", libraries.root || '\\x2f'::bytea || files.path AS path,
         changes_form AS "changesForm", size_bytes AS "sizeBytes", inode, coalesce(tried, '{}') AS tried,
         from_sample::float8 AS "fromSample", to_sample::float8 AS "toSample"
       FROM tracks JOIN files ON files.id = file_id JOIN libraries ON libraries.id = files.library_id
         LEFT JOIN track_sound ON track_id = tracks.id
       WHERE tracks.id = $1 AND files.state = 'ready' AND facts_version > 0
         AND (file_index = 0 OR from_sample IS NOT NULL)`,
      [trackId],
    );
  }

  private async tellAnew(
    trackId: string,
    row: TrackRow,
    signal: AbortSignal,
    isLastAttempt: boolean,
  ): Promise<void> {
    const { versions } = this.decoder;
    const branches = staleBranches(versions, row.tried);
    if (branches.size === 0) return;
    const sound = await this.gate
      .pass(signal, () => this.listen(row, branches, signal))
      .catch((error: unknown) => {
        // A stopped worker's job comes back by itself; what fails each time would come back for ever.
        if (!isLastAttempt || signal.aborted || !(error instanceof MediaError)) throw error;
        return 'outOfReach' as const;
      });
    await this.db.transaction(async (tx) => {
      if (!(await this.isUnchanged(row, tx))) return;
      if (sound === 'outOfReach') await this.sounds.postpone(trackId, tx);
      else if (sound === 'undecodable') await this.sounds.giveUp(trackId, versions, tx);
      else await this.sounds.refresh(trackId, sound, versions, tx);
    });
  }

  private async listen(
    row: TrackRow,
    branches: ReadonlySet<Branch>,
    signal: AbortSignal,
  ): Promise<SoundFacts | 'outOfReach' | 'undecodable'> {
    // Gone, or changed, which the next scan sees.
    const stat = await lstat(row.path).catch(() => null);
    if (stat === null || String(stat.size) !== row.sizeBytes || signed64(stat.ino) !== row.inode)
      return 'outOfReach';
    try {
      const { path, changesForm, fromSample, toSample } = row;
      const range = fromSample === null ? undefined : { fromSample, toSample };
      return await this.decoder.remeasure({ path, changesForm, range }, branches, signal);
    } catch (error) {
      if (!(error instanceof MediaError) || PASSING.has(error.code)) throw error;
      log.warn({ err: error, file: row.fileId }, 'a file that is ready could not be measured anew');
      return error.code === 'UNREADABLE' ? 'outOfReach' : 'undecodable';
    }
  }

  /** Holds the file's row: whoever finds new bytes in it waits, and then replaces what is stored now. */
  private async isUnchanged(row: TrackRow, tx: EntityManager): Promise<boolean> {
    const held = await this.db.first(
      `SELECT id FROM files WHERE id = $1 AND size_bytes = $2 AND inode = $3 AND state = 'ready' AND facts_version > 0
       FOR UPDATE`,
      [row.fileId, row.sizeBytes, row.inode],
      tx,
    );
    return held !== undefined;
  }
}
