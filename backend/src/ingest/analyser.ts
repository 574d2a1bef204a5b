import { lstat } from 'node:fs/promises';
import type { EntityManager } from 'typeorm';
import type { CatalogWriter } from '../catalog/catalog-writer.js';
import { priorityOfNew } from '../catalog/liked-tracks.js';
import type { SoundWriter } from '../catalog/sound-writer.js';
import type { TrackSoundWriter } from '../catalog/track-sound.js';
import type { Database } from '../database/database.js';
import type { Notifier } from '../database/notifier.js';
import type { JobQueue } from '../jobs/job-queue.js';
import type { AudioHash, TrackFacts } from '../media/facts.js';
import { MediaError, type MediaErrorCode } from '../media/media-error.js';
import type { SoundVersions } from '../media/sound-facts.js';
import type { Adoption } from './adoption.js';
import type { Covers } from './covers.js';
import { cuePlanFor } from './cue-sheets.js';
import type { CueTracks } from './cue-tracks.js';
import type { FileState } from './folder-changes.js';
import { signed64 } from './walk.js';

/** Of a file's identity and length; the facts of its sound have versions of their own (media/sound-facts.ts). */
export const FACTS_VERSION = 1;

/** Decodes in a process that may die of a file. */
export interface Decoder {
  /** Of the facts of sound that it tells. */
  readonly versions: SoundVersions;
  measure(path: Buffer, signal: AbortSignal): Promise<TrackFacts>;
  hashAudio(path: Buffer, signal: AbortSignal): Promise<AudioHash>;
}

interface FileRow {
  readonly state: FileState;
  readonly path: Buffer;
  readonly size_bytes: string;
  readonly inode: string;
  readonly audio_hash: Buffer | null;
  readonly audio_bytes: string | null;
  readonly facts_version: number;
}

type Finding =
  | { readonly kind: 'facts'; readonly facts: TrackFacts }
  /** New tags around the music that was measured before. */
  | { readonly kind: 'sameSound' }
  | { readonly kind: 'rejected'; readonly code: MediaErrorCode; readonly reason: string };

/** Says nothing of the file: the job is tried again. */
export const PASSING: ReadonlySet<MediaErrorCode> = new Set([
  'CANCELLED',
  'NO_FFMPEG',
  'READER_DIED',
  'SYSTEM_FAULT',
]);
/** Unless it was so each time: then the file is what kills its readers, as far as anybody can tell. */
const TELLING_AT_LAST: ReadonlySet<MediaErrorCode> = new Set(['READER_DIED', 'SYSTEM_FAULT']);

/** What the second pass writes: where files, tracks and jobs meet in one transaction. */
export interface AnalysisWriters {
  readonly catalog: CatalogWriter;
  readonly tracks: TrackSoundWriter;
  readonly sounds: SoundWriter;
  readonly adoption: Adoption;
  readonly cues: CueTracks;
  readonly jobs: JobQueue;
  readonly notifier: Notifier;
}

/** The second pass over one file: cover, facts and identity; then it is ready, or rejected with a reason. */
export class Analyser {
  constructor(
    private readonly db: Database,
    private readonly decoder: Decoder,
    private readonly covers: Covers,
    private readonly writers: AnalysisWriters,
  ) {}

  /** Safe to run twice. @returns whether anything was there to do. */
  async analyse(fileId: string, signal: AbortSignal, isLastAttempt = false): Promise<boolean> {
    const row = await this.find(fileId);
    if (row === undefined || row.state === 'missing') return false;
    const stat = await lstat(row.path).catch(() => null);
    // Gone or grown since the first pass: the next scan sees it and asks again.
    if (stat === null || String(stat.size) !== row.size_bytes || signed64(stat.ino) !== row.inode)
      return false;
    const finding = await this.look(row, signal, isLastAttempt);
    if (finding.kind === 'rejected') return this.reject(fileId, finding.code, finding.reason);
    const artworkId = await this.covers.coverOf(row.path);
    signal.throwIfAborted();
    const read = await this.writers.cues.read(row.path);
    // A file that is cut into tracks is not encoded as one.
    const isCut =
      finding.kind === 'facts' &&
      (await cuePlanFor(row.path, finding.facts, read?.cueSheet ?? null)).kind === 'parts';
    const saved = await this.db.transaction((tx) =>
      this.save(fileId, row, finding, { artworkId, isCut }, tx),
    );
    if (saved !== null) await this.writers.cues.apply(saved.fileId, read, saved.soundChanged);
    return true;
  }

  private find(fileId: string): Promise<FileRow | undefined> {
    return this.db.first<FileRow>(
      `SELECT files.state, libraries.root || '\\x2f'::bytea || files.path AS path, size_bytes, inode, audio_hash,
         audio_bytes, facts_version FROM files JOIN libraries ON libraries.id = library_id WHERE files.id = $1`,
      [fileId],
    );
  }

  private async look(row: FileRow, signal: AbortSignal, isLastAttempt: boolean): Promise<Finding> {
    try {
      if (row.facts_version === FACTS_VERSION && row.state === 'ready') return { kind: 'sameSound' };
      if (row.facts_version === -FACTS_VERSION && isSame(row, await this.decoder.hashAudio(row.path, signal)))
        return { kind: 'sameSound' };
      return { kind: 'facts', facts: await this.decoder.measure(row.path, signal) };
    } catch (error) {
      if (!(error instanceof MediaError)) throw error;
      if (PASSING.has(error.code) && !(isLastAttempt && TELLING_AT_LAST.has(error.code))) throw error;
      return { kind: 'rejected', code: error.code, reason: error.message };
    }
  }

  private async save(
    fileId: string,
    row: FileRow,
    finding: Exclude<Finding, { kind: 'rejected' }>,
    { artworkId, isCut }: { readonly artworkId: string | null; readonly isCut: boolean },
    tx: EntityManager,
  ): Promise<{ readonly fileId: string; readonly soundChanged: boolean } | null> {
    const { tracks, sounds, adoption, jobs } = this.writers;
    const locked = await this.db.first<{ id: string }>(
      `SELECT id FROM files WHERE id = $1 AND size_bytes = $2 AND state <> 'missing' FOR UPDATE`,
      [fileId, row.size_bytes],
      tx,
    );
    if (locked === undefined) return null;
    const facts = finding.kind === 'facts' ? finding.facts : null;
    const keptId =
      facts !== null && row.audio_hash === null ? await adoption.adopt(fileId, facts, tx) : fileId;
    await this.db.query(
      `UPDATE files SET state = 'ready', reject_code = NULL, reject_reason = NULL, facts_version = $2,
         audio_hash = coalesce($3, audio_hash), audio_bytes = coalesce($4, audio_bytes),
         ffmpeg_version = coalesce($5, ffmpeg_version), changes_form = coalesce($6, changes_form) WHERE id = $1`,
      [
        keptId,
        FACTS_VERSION,
        facts?.audioHash ?? null,
        facts?.audioBytes ?? null,
        facts?.ffmpegVersion ?? null,
        facts?.changesForm ?? null,
      ],
      tx,
    );
    const trackId = await tracks.findTrackId(keptId, tx);
    if (trackId === null) return null;
    const soundChanged = facts !== null && row.audio_hash !== null && !isSame(row, facts);
    if (facts !== null) {
      if (row.audio_hash !== null && !soundChanged) await this.forgetOtherEncodes(trackId, facts, tx);
      await tracks.saveFormat(trackId, facts, tx);
      await sounds.replace(trackId, facts.sound, this.decoder.versions, tx);
    }
    // Other music at the same place: what was encoded of the old one is not this track any more.
    if (soundChanged) await this.forgetRenditions(trackId, tx);
    await tracks.saveArtwork(trackId, artworkId, tx);
    if (facts !== null && !isCut)
      await jobs.enqueue(
        'transcode.track',
        { trackId },
        { tx, priority: await priorityOfNew(this.db, trackId, tx) },
      );
    return { fileId: keptId, soundChanged };
  }

  /** The same music, to another count: what another ffmpeg made of it ends elsewhere than what this one will make. */
  private async forgetOtherEncodes(
    trackId: string,
    { sampleCount, ffmpegVersion }: TrackFacts,
    tx: EntityManager,
  ): Promise<void> {
    const gone = await this.db.query(
      `DELETE FROM renditions r USING tracks t WHERE t.id = $1 AND r.track_id = t.id AND t.sample_count <> $2
          AND r.encoder_version IS DISTINCT FROM $3 RETURNING r.id`,
      [trackId, sampleCount, ffmpegVersion],
      tx,
    );
    if (gone.length > 0) await this.writers.notifier.publish('kanade_fragment', { trackId }, tx);
  }

  /** Processes that serve segments keep the tables of ready renditions: they are told at the commit. */
  private async forgetRenditions(trackId: string, tx: EntityManager): Promise<void> {
    await this.db.query('DELETE FROM renditions WHERE track_id = $1', [trackId], tx);
    await this.writers.notifier.publish('kanade_fragment', { trackId }, tx);
  }

  private async reject(fileId: string, code: string, reason: string): Promise<boolean> {
    await this.db.transaction(async (tx) => {
      await this.db.query(
        `UPDATE files SET state = 'rejected', reject_code = $2, reject_reason = $3
         WHERE id = $1 AND state <> 'missing'`,
        [fileId, code, reason],
        tx,
      );
      await this.writers.catalog.setAvailable([fileId], false, tx);
    });
    return true;
  }
}

const isSame = (row: FileRow, { audioHash, audioBytes }: AudioHash): boolean =>
  row.audio_hash?.equals(audioHash) === true && row.audio_bytes === String(audioBytes);
