import { basename, dirname } from 'node:path';
import { newId } from '../../src/common/id.js';
import type { Database } from '../../src/database/database.js';
import { measure } from '../../src/media/facts.js';
import type { FfmpegTools } from '../../src/media/find-ffmpeg.js';

/** Rows as ingest would write them, for suites that begin where ingest ends. */
export interface AddedTrack {
  readonly trackId: string;
  readonly fileId: string;
}

const libraryOf = async (db: Database, folder: string): Promise<string> => {
  const row = await db.first<{ id: string }>(
    `INSERT INTO libraries (id, name, root, display_root) VALUES ($1, 'Music', $2, $3)
     ON CONFLICT (root) DO UPDATE SET name = excluded.name RETURNING id`,
    [newId(), Buffer.from(folder), folder],
  );
  return row?.id ?? '';
};

/** A track whose file is known and whose sound nobody has measured. */
export const addPendingTrack = async (db: Database, path: string): Promise<AddedTrack> => {
  const [trackId, fileId, albumId] = [newId(), newId(), newId()];
  const name = basename(path);
  await db.query(
    `INSERT INTO files (id, library_id, path, display_path, size_bytes, mtime_ns, inode, state)
     VALUES ($1, $2, $3, $4, 1, 1, 1, 'pending')`,
    [fileId, await libraryOf(db, dirname(path)), Buffer.from(name), name],
  );
  await db.query(
    `INSERT INTO albums (id, merge_key, title, sort_key, artist_sort_key, artist_text)
     VALUES ($1, $2, 'Album', 'album', '', '')`,
    [albumId, albumId],
  );
  await db.query(
    `INSERT INTO tracks (id, file_id, album_id, title, sort_key, artist_text, artist_sort_key)
     VALUES ($1, $2, $3, $4, $4, '', '')`,
    [trackId, fileId, albumId, name],
  );
  return { trackId, fileId };
};

export const storeFacts = async (
  db: Database,
  track: AddedTrack,
  tools: FfmpegTools,
  path: string,
): Promise<void> => {
  const facts = await measure(tools, path);
  await db.query(
    `UPDATE tracks SET codec = $2, container = $3, lossless = $4, sample_rate_hz = $5, bit_depth = $6, channels = $7,
            sample_count = $8, duration_ms = $9, integrated_lufs = $10, true_peak_dbtp = $11 WHERE id = $1`,
    [
      track.trackId,
      facts.codec,
      facts.container,
      facts.lossless,
      facts.sampleRateHz,
      facts.bitDepth,
      facts.channels,
      facts.sampleCount,
      facts.durationMs,
      facts.sound.loudness?.integratedLufs ?? null,
      facts.sound.loudness?.truePeakDbtp ?? null,
    ],
  );
  await db.query(
    `UPDATE files SET state = 'ready', audio_hash = $2, audio_bytes = $3, changes_form = $4 WHERE id = $1`,
    [track.fileId, facts.audioHash, facts.audioBytes, facts.changesForm],
  );
};

export const addMeasuredTrack = async (
  db: Database,
  tools: FfmpegTools,
  path: string,
): Promise<AddedTrack> => {
  const track = await addPendingTrack(db, path);
  await storeFacts(db, track, tools, path);
  return track;
};
