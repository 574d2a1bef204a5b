import { Injectable } from '@nestjs/common';
import { DomainError } from '../common/errors.js';
import { Database } from '../database/database.js';
import { type SourceRange, WHOLE_FILE } from '../media/source-range.js';

/** A track whose sound was measured: what an encoding, a manifest and a grant need to know of it. */
export interface TrackSource {
  readonly trackId: string;
  /** Names the sound in the URLs of its segments (SOUND_VERSION). */
  readonly soundVersion: string;
  /** Absolute, as bytes: a file name need not be valid UTF-8. */
  readonly path: Buffer;
  readonly sizeBytes: number;
  readonly container: string | null;
  /** What of the file the track is. */
  readonly range: SourceRange;
  readonly sampleRateHz: number;
  readonly sampleCount: number;
  readonly channels: number;
  readonly bitDepth: number | null;
  readonly lossless: boolean;
  /** Channels or rate are others later in the file. */
  readonly changesForm: boolean;
  readonly integratedLufs: number | null;
  readonly truePeakDbtp: number | null;
}

/** A track as it stands: measured, or the reason why it cannot be played (yet). */
export type FoundSource = { readonly libraryId: string } & (
  | { readonly state: 'measured'; readonly source: TrackSource }
  | { readonly state: 'pending'; readonly fileId: string }
  | { readonly state: 'rejected'; readonly reason: string }
  | { readonly state: 'missing' }
);

/** What measuring fills in. */
type Measured = 'sampleRateHz' | 'sampleCount' | 'channels' | 'lossless';

type Row = Omit<TrackSource, Measured | 'range'> & {
  readonly [Fact in Measured]: TrackSource[Fact] | null;
} & {
  readonly fileId: string;
  readonly libraryId: string;
  readonly fileState: 'pending' | 'ready' | 'rejected' | 'missing';
  readonly rejectReason: string | null;
  readonly fileIndex: number;
  readonly fromSample: number | null;
  readonly toSample: number | null;
};

/**
 * SQL: what the bytes of a segment follow from, as twelve digits: caches keep segments for a year, and a track keeps
 * its id when other music is put in its file's place. It is the hash of the audio packets. The encoder's version is
 * no part of it: manifests name segments before anybody knows which worker's ffmpeg will make them, and what two
 * builds make of one sound has the same frames in the same segments, so a cache may hold some of each. A part of a file
 * is another sound when it is cut elsewhere.
 */
export const SOUND_VERSION = `coalesce(left(encode(CASE WHEN t.from_sample IS NULL THEN f.audio_hash
  ELSE sha256(f.audio_hash || convert_to(t.from_sample || '-' || coalesce(t.to_sample::text, ''), 'UTF8')) END,
  'hex'), 12), '')`;

const SELECT = `
  SELECT t.id AS "trackId", f.id AS "fileId", f.library_id AS "libraryId", f.state AS "fileState", f.reject_reason AS "rejectReason",
         l.root || '\\x2f'::bytea || f.path AS path, f.size_bytes::float8 AS "sizeBytes", t.container,
         t.sample_rate_hz AS "sampleRateHz", t.sample_count::float8 AS "sampleCount", t.channels,
         t.bit_depth AS "bitDepth", t.lossless, t.integrated_lufs AS "integratedLufs",
         t.file_index AS "fileIndex", t.from_sample::float8 AS "fromSample", t.to_sample::float8 AS "toSample",
         t.true_peak_dbtp AS "truePeakDbtp", f.changes_form AS "changesForm", ${SOUND_VERSION} AS "soundVersion"
    FROM tracks t JOIN files f ON f.id = t.file_id JOIN libraries l ON l.id = f.library_id`;

/** The facts that ingest measured, read from its tables: rooms of one floor know each other only there. */
@Injectable()
export class SourceRepository {
  constructor(private readonly db: Database) {}

  async find(trackIds: readonly string[]): Promise<ReadonlyMap<string, FoundSource>> {
    const rows = await this.db.query<Row>(`${SELECT} WHERE t.id = ANY($1::uuid[])`, [trackIds]);
    return new Map(rows.map((row) => [row.trackId, toFound(row)]));
  }

  /** @throws DomainError when the track cannot be played as it stands. */
  async get(trackId: string): Promise<TrackSource> {
    return requireMeasured(trackId, (await this.find([trackId])).get(trackId));
  }
}

/** @throws DomainError TRACK_NOT_FOUND, TRACK_NOT_READY, TRACK_REJECTED or TRACK_MISSING */
export const requireMeasured = (trackId: string, found: FoundSource | undefined): TrackSource => {
  if (found === undefined) throw new DomainError('TRACK_NOT_FOUND', `There is no track ${trackId}.`);
  switch (found.state) {
    case 'measured':
      return found.source;
    case 'pending':
      throw new DomainError('TRACK_NOT_READY', 'This track is still being looked at. Try again soon.', {
        retryAfterSeconds: 5,
      });
    case 'rejected':
      throw new DomainError('TRACK_REJECTED', `This file cannot be played: ${found.reason}`);
    case 'missing':
      throw new DomainError('TRACK_MISSING', 'The file of this track is not there at the moment.');
  }
};

const toFound = (row: Row): FoundSource => {
  const { fileId, libraryId, fileState, rejectReason, sampleRateHz, sampleCount, channels, ...more } = row;
  const { fileIndex, fromSample, toSample, ...rest } = more;
  // A part that no CUE sheet names any more is as good as gone.
  if (fileState === 'missing' || (fileIndex > 0 && fromSample === null))
    return { libraryId, state: 'missing' };
  if (fileState === 'rejected') return { libraryId, state: 'rejected', reason: rejectReason ?? 'unreadable' };
  if (sampleRateHz === null || sampleCount === null || sampleCount < 1 || channels === null)
    return { libraryId, state: 'pending', fileId };
  const lossless = row.lossless === true;
  const range = fromSample === null ? WHOLE_FILE : { fromSample, toSample };
  const source = { ...rest, range, sampleRateHz, sampleCount, channels, lossless };
  return { libraryId, state: 'measured', source };
};
