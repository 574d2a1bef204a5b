import { lstat } from 'node:fs/promises';
import { errorMessage } from '../common/error-code.js';
import { hashAudio } from '../media/facts.js';
import { MediaError } from '../media/media-error.js';
import type { Broken, House, Invariant } from './invariant.js';
import { rowsOf, sampler } from './rows.js';

interface ReadyFile {
  readonly id: string;
  readonly displayPath: string;
  readonly path: Buffer;
  readonly sizeBytes: number;
  readonly mtimeNs: string;
  readonly audioHash: Buffer | null;
  readonly audioBytes: string | null;
  /** Its facts are those of the bytes that are there now. */
  readonly current: boolean;
  readonly measured: boolean;
  /** The tracks that a CUE sheet made of it are not what the rows say of it as a whole. */
  readonly isMiscut: boolean;
}

const READY = `
  SELECT f.id, f.display_path AS "displayPath", l.root || '\\x2f'::bytea || f.path AS path,
         f.size_bytes::float8 AS "sizeBytes", f.mtime_ns AS "mtimeNs", f.audio_hash AS "audioHash",
         f.audio_bytes AS "audioBytes", f.facts_version > 0 AS current,
         EXISTS (SELECT FROM tracks t WHERE t.file_id = f.id AND t.sample_count > 0) AS measured,
         EXISTS (SELECT FROM tracks part JOIN tracks whole ON whole.file_id = part.file_id AND whole.file_index = 0
                  WHERE part.file_id = f.id AND part.from_sample IS NOT NULL AND (whole.available
                     OR coalesce(part.to_sample, whole.sample_count) > whole.sample_count
                     OR part.sample_count IS DISTINCT FROM
                        coalesce(part.to_sample, whole.sample_count) - part.from_sample)) AS "isMiscut"
    FROM files f JOIN libraries l ON l.id = f.library_id
   WHERE f.state = 'ready' AND f.id > $1 ORDER BY f.id LIMIT $2`;

/** As the first pass stores it: microseconds as nanoseconds. */
const mtimeNsOf = (mtimeMs: number): string => `${Math.round(mtimeMs * 1000)}000`;

/** Null too when the file is gone (I4 tells that) or has changed since the last scan, which looks at it again. */
const soundProblem = async (house: House, file: ReadyFile): Promise<string | null> => {
  const stat = await lstat(file.path).catch(() => null);
  if (stat === null || stat.size !== file.sizeBytes || mtimeNsOf(stat.mtimeMs) !== file.mtimeNs) return null;
  try {
    const { audioHash, audioBytes } = await hashAudio(house.tools, file.path);
    const same = file.audioHash?.equals(audioHash) === true && file.audioBytes === String(audioBytes);
    return same ? null : 'it holds other sound than was measured, though its size and time are the same';
  } catch (error) {
    if (!(error instanceof MediaError)) throw error;
    return `it cannot be read any more: ${errorMessage(error)}`;
  }
};

const measureAgain = async (house: House, id: string): Promise<void> => {
  await house.db.query(`UPDATE files SET state = 'pending', facts_version = 0 WHERE id = $1`, [id]);
  await (await house.mending.jobs()).enqueue('ingest.analyse', { fileId: id });
};

/** What was measured stays; the second pass asks the sheet again. */
const cutAgain = async (house: House, fileId: string): Promise<void> => {
  await (await house.mending.jobs()).enqueue('ingest.analyse', { fileId });
};

async function* find(house: House): AsyncGenerator<Broken> {
  const counted = await house.db.first<{ count: number }>(
    `SELECT count(*)::int AS count FROM files WHERE state = 'ready'`,
  );
  const inFull = sampler(house.deep, counted?.count ?? 0);
  for await (const file of rowsOf<ReadyFile>(house.db, READY)) {
    const mend = (): Promise<void> => measureAgain(house, file.id);
    const cut = (): Promise<void> => cutAgain(house, file.id);
    const what = `file ${file.displayPath}`;
    if (!file.measured || file.audioHash === null) {
      yield { what, problem: 'it is ready, and has no measured track', mend };
    } else if (file.isMiscut) {
      yield { what, problem: 'it and the tracks that a CUE sheet makes of it do not fit', mend: cut };
    } else if (file.current && inFull()) {
      const problem = await soundProblem(house, file);
      if (problem !== null) yield { what, problem, mend };
    }
  }
}

export const READY_FILES: Invariant = {
  id: 'I1',
  holds:
    'every ready file has a measured track, its sound the hash that was measured, and the tracks cut out of it fit',
  find,
};
