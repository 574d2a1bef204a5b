import { execFileSync } from 'node:child_process';
import { basename, dirname, join } from 'node:path';
import { newId } from '../../backend/dist/common/id.js';
import type { Database } from '../../backend/dist/database/database.js';
import { measure } from '../../backend/dist/media/facts.js';
import type { FfmpegTools } from '../../backend/dist/media/find-ffmpeg.js';

/** A chord under pink noise: nothing that a coder finds easy, the same in every run. */
export const makeSong = (tools: FfmpegTools, folder: string, name: string, seconds: number): string => {
  const path = join(folder, name);
  const tones = [220, 277.2, 329.6].map((hz) => `0.12*sin(2*PI*${hz}*t)`).join('+');
  execFileSync(tools.ffmpegPath, [
    ...['-v', 'error', '-nostdin', '-y'],
    ...['-f', 'lavfi', '-i', `aevalsrc=${tones}|${tones}:s=44100:d=${seconds}`],
    ...['-f', 'lavfi', '-i', `anoisesrc=color=pink:amplitude=0.3:seed=7:r=44100:d=${seconds}`],
    ...['-filter_complex', '[1]aformat=channel_layouts=stereo[n];[0][n]amix=inputs=2:normalize=0'],
    ...(name.endsWith('.flac') ? ['-sample_fmt', 's16'] : []),
    path,
  ]);
  return path;
};

/** The rows that scanning and measuring leave. @returns the track's id */
export const addTrack = async (db: Database, tools: FfmpegTools, path: string): Promise<string> => {
  const [trackId, fileId, albumId] = [newId(), newId(), newId()];
  const facts = await measure(tools, path);
  const [name, root] = [basename(path), dirname(path)];
  const library = await db.first<{ readonly id: string }>(
    `INSERT INTO libraries (id, name, root, display_root) VALUES ($1, 'Music', $2, $3)
     ON CONFLICT (root) DO UPDATE SET name = excluded.name RETURNING id`,
    [newId(), Buffer.from(root), root],
  );
  await db.query(
    `INSERT INTO files (id, library_id, path, display_path, size_bytes, mtime_ns, inode, state, audio_hash, audio_bytes)
     VALUES ($1, $2, $3, $4, 1, 1, 1, 'ready', $5, $6)`,
    [fileId, library?.id, Buffer.from(name), name, facts.audioHash, facts.audioBytes],
  );
  await db.query(
    `INSERT INTO albums (id, merge_key, title, sort_key, artist_sort_key, artist_text)
     VALUES ($1, $2, 'Album', 'album', '', '')`,
    [albumId, albumId],
  );
  await db.query(
    `INSERT INTO tracks (id, file_id, album_id, title, sort_key, artist_text, artist_sort_key, codec, container,
            lossless, sample_rate_hz, bit_depth, channels, sample_count, duration_ms)
     VALUES ($1, $2, $3, $4, $4, '', '', $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      ...[trackId, fileId, albumId, name, facts.codec, facts.container, facts.lossless],
      ...[facts.sampleRateHz, facts.bitDepth, facts.channels, facts.sampleCount, facts.durationMs],
    ],
  );
  return trackId;
};
