import type { EntityManager } from 'typeorm';
import type { CatalogEntry, CatalogWriter } from '../catalog/catalog-writer.js';
import { priorityOfNew } from '../catalog/liked-tracks.js';
import { mergeTrack } from '../catalog/merge.js';
import { trackKey } from '../catalog/track-writer.js';
import { log } from '../common/log.js';
import type { Database } from '../database/database.js';
import type { Notifier } from '../database/notifier.js';
import { PRIORITY } from '../jobs/job-map.js';
import type { JobQueue } from '../jobs/job-queue.js';
import { guessFromPath } from '../media/guess-from-path.js';
import type { FileTags, FormatHint, TrackTags } from '../media/track-tags.js';
import { tagsOfPart, type CuePart, type CuePlan } from './cue-rules.js';
import { cuePlanFor } from './cue-sheets.js';
import type { TagSource } from './intake.js';
import { NOTHING_READ, withPathGuess } from './intake-rules.js';

interface WholeRow {
  readonly path: Buffer;
  readonly libraryId: string;
  readonly displayPath: string;
  readonly cueProblem: string | null;
  readonly artworkId: string | null;
  readonly codec: string;
  readonly container: string;
  readonly lossless: boolean;
  readonly sampleRateHz: number;
  readonly bitDepth: number | null;
  readonly channels: number;
  readonly bitrateKbps: number | null;
  readonly sampleCount: number;
}

interface PartRow {
  readonly id: string;
  readonly index: number;
  readonly fromSample: number | null;
  readonly toSample: number | null;
  readonly sampleCount: number | null;
}

export interface CueWriters {
  readonly catalog: CatalogWriter;
  readonly jobs: JobQueue;
  readonly notifier: Notifier;
}

/** Tracks of their own out of one big file, as the CUE sheet beside it or in it says; after the file was measured. */
export class CueTracks {
  constructor(
    private readonly db: Database,
    private readonly tags: Pick<TagSource, 'read'>,
    private readonly writers: CueWriters,
  ) {}

  /** What the tags of a file say, its CUE sheet with it; null when they cannot be read. */
  async read(path: Buffer): Promise<FileTags | null> {
    const [reading] = await this.tags.read([path]);
    return reading !== undefined && 'file' in reading ? reading.file : null;
  }

  /** Safe to run twice. `soundChanged`: what was measured of the parts is of other music. */
  async apply(fileId: string, file: FileTags | null, soundChanged: boolean): Promise<void> {
    const whole = await this.find(fileId);
    if (whole === undefined) return;
    const plan = await cuePlanFor(whole.path, whole, file?.cueSheet ?? null);
    const before = await this.partsOf(fileId);
    const problem = plan.kind === 'problem' ? plan.reason : null;
    const isCut = before.some(({ fromSample }) => fromSample !== null);
    if (plan.kind !== 'parts' && !isCut && problem === whole.cueProblem) return;
    if (problem !== null) log.warn({ fileId }, problem);
    const entries = plan.kind === 'parts' ? entriesOf(fileId, whole, plan, file?.tags ?? NOTHING_READ) : [];
    await this.db.transaction(async (tx) => {
      const held = await this.db.first(
        `SELECT id FROM files WHERE id = $1 AND state = 'ready' FOR UPDATE`,
        [fileId],
        tx,
      );
      if (held === undefined) return;
      await this.db.query('UPDATE files SET cue_problem = $2 WHERE id = $1', [fileId, problem], tx);
      await this.leave(before, entries.length, tx);
      const ids = await this.writers.catalog.upsert(entries, tx);
      // The whole file hides behind its parts, or shows again.
      await this.writers.catalog.setAvailable([fileId], true, tx);
      const parts = plan.kind === 'parts' ? plan.parts : [];
      for (const part of parts) {
        const id = ids.get(trackKey({ fileId, part })) ?? '';
        const known = before.find(({ index }) => index === part.index);
        await this.saveSound(id, whole, part, soundChanged || !isSameRange(known, part), tx);
      }
    });
  }

  private find(fileId: string): Promise<WholeRow | undefined> {
    return this.db.first<WholeRow>(
      `SELECT l.root || '\\x2f'::bytea || f.path AS path, f.library_id AS "libraryId", f.display_path AS "displayPath",
         f.cue_problem AS "cueProblem", t.artwork_id AS "artworkId", t.codec, t.container, t.lossless,
         t.sample_rate_hz AS "sampleRateHz", t.bit_depth AS "bitDepth", t.channels, t.bitrate_kbps AS "bitrateKbps",
         t.sample_count::float8 AS "sampleCount"
       FROM files f JOIN libraries l ON l.id = f.library_id JOIN tracks t ON t.file_id = f.id AND t.file_index = 0
       WHERE f.id = $1 AND f.state = 'ready' AND t.sample_count > 0`,
      [fileId],
    );
  }

  private partsOf(fileId: string): Promise<PartRow[]> {
    return this.db.query<PartRow>(
      `SELECT id, file_index AS index, from_sample::float8 AS "fromSample", to_sample::float8 AS "toSample",
         sample_count::float8 AS "sampleCount"
       FROM tracks WHERE file_id = $1 AND file_index > 0 ORDER BY file_index`,
      [fileId],
    );
  }

  /** Parts beyond those that the sheet names now: kept, since somebody may like them, and no longer heard. */
  private async leave(before: readonly PartRow[], kept: number, tx: EntityManager): Promise<void> {
    const left = before.filter(({ index, fromSample }) => index > kept && fromSample !== null);
    if (left.length === 0) return;
    const ids = left.map(({ id }) => id);
    await this.writers.catalog.changing(ids, tx, () =>
      this.db.query(
        `UPDATE tracks SET available = false, from_sample = NULL, to_sample = NULL WHERE id = ANY($1::uuid[])`,
        [ids],
        tx,
      ),
    );
    for (const id of ids) await this.forgetRenditions(id, tx);
  }

  private async saveSound(
    trackId: string,
    { artworkId }: WholeRow,
    part: CuePart,
    isNew: boolean,
    tx: EntityManager,
  ): Promise<void> {
    await this.db.query(
      'UPDATE tracks SET artwork_id = $2 WHERE id = $1 AND artwork_id IS DISTINCT FROM $2',
      [trackId, artworkId],
      tx,
    );
    if (!isNew) return;
    await this.db.query(
      `UPDATE tracks SET sample_count = $2, integrated_lufs = NULL, true_peak_dbtp = NULL, peaks = NULL WHERE id = $1`,
      [trackId, part.sampleCount],
      tx,
    );
    await this.db.query('DELETE FROM track_sound WHERE track_id = $1', [trackId], tx);
    await this.forgetRenditions(trackId, tx);
    await this.writers.jobs.enqueue('ingest.remeasure', { trackId }, { tx, priority: PRIORITY.fresh });
    const priority = await priorityOfNew(this.db, trackId, tx);
    await this.writers.jobs.enqueue('transcode.track', { trackId }, { tx, priority });
  }

  private async forgetRenditions(trackId: string, tx: EntityManager): Promise<void> {
    await this.db.query('DELETE FROM renditions WHERE track_id = $1', [trackId], tx);
    await this.writers.notifier.publish('kanade_fragment', { trackId }, tx);
  }
}

const entriesOf = (
  fileId: string,
  whole: WholeRow,
  plan: Extract<CuePlan, { kind: 'parts' }>,
  read: TrackTags,
): CatalogEntry[] => {
  const tags = withPathGuess(read, guessFromPath(whole.displayPath));
  const folders = whole.displayPath.split('/');
  const fileName = folders.pop() ?? '';
  return plan.parts.map((part) => ({
    fileId,
    part,
    track: mergeTrack(tagsOfPart(tags, plan.sheet, part, plan.parts.length), {
      libraryId: whole.libraryId,
      folders,
      fileName,
    }),
    format: formatOf(whole, part),
  }));
};

const isSameRange = (known: PartRow | undefined, part: CuePart): boolean =>
  known?.fromSample === part.fromSample &&
  known.toSample === part.toSample &&
  known.sampleCount === part.sampleCount;

const formatOf = (whole: WholeRow, { sampleCount }: CuePart): FormatHint => ({
  container: whole.container,
  codec: whole.codec,
  lossless: whole.lossless,
  sampleRateHz: whole.sampleRateHz,
  bitDepth: whole.bitDepth,
  channels: whole.channels,
  bitrateKbps: whole.bitrateKbps,
  durationMs: Math.round((sampleCount * 1000) / whole.sampleRateHz),
});
