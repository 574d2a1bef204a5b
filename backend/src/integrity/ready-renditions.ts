import { errorMessage } from '../common/error-code.js';
import { countSamples } from '../media/count-samples.js';
import { FRAMING } from '../media/ladder.js';
import { MediaError } from '../media/media-error.js';
import type { Broken, House, Invariant } from './invariant.js';
import { bytesProblem, mediaSamplesOf, tableProblem, type ReadyRendition } from './rendition-bytes.js';
import { rowsOf, sampler } from './rows.js';

const READY = `
  SELECT id, track_id AS "trackId", codec, bitrate_kbps AS "bitrateKbps", chunk, chunks, storage_key AS "storageKey",
         sample_rate_hz AS "sampleRateHz",
         sample_count::float8 AS "sampleCount", coalesce(init_bytes, 0) AS "initBytes",
         coalesce(segment_bytes, '{}') AS "segmentBytes", coalesce(segment_samples, '{}') AS "segmentSamples",
         coalesce(size_bytes, 0)::float8 AS "sizeBytes", sha256, fence::text AS fence
    FROM renditions WHERE state = 'ready' AND id > $1 ORDER BY id LIMIT $2`;

/** Not every ffmpeg cuts the priming away, nor the padding of the last frame. */
const decodeProblem = async (house: House, row: ReadyRendition): Promise<string | null> => {
  const path = house.store.localPath(row.storageKey);
  if (path === null) return null;
  try {
    const sampleCount = await countSamples(house.tools, path);
    const most = mediaSamplesOf(row) + FRAMING[row.codec].frameSamples;
    const least = mediaSamplesOf(row) - FRAMING[row.codec].primingSamples;
    return least <= sampleCount && sampleCount <= most
      ? null
      : `it decodes to ${sampleCount} samples instead of ${least} to ${most}`;
  } catch (error) {
    if (!(error instanceof MediaError)) throw error;
    return `it cannot be decoded: ${errorMessage(error)}`;
  }
};

const problemOf = async (house: House, row: ReadyRendition, inFull: boolean): Promise<string | null> => {
  const size = await house.store.size(row.storageKey);
  if (size === null) return 'its file is not in the store';
  if (size !== row.sizeBytes) return `its file has ${size} bytes instead of ${row.sizeBytes}`;
  const table = tableProblem(row);
  if (table !== null) return table;
  const bytes = inFull ? await bytesProblem(house.store, row) : null;
  return bytes ?? (house.deep ? decodeProblem(house, row) : null);
};

/** A running worker may have evicted or remade it meanwhile: then what was looked at is no more. */
const isUnchanged = async (house: House, { id, fence }: ReadyRendition): Promise<boolean> =>
  (await house.db.first(`SELECT FROM renditions WHERE id = $1 AND state = 'ready' AND fence = $2::bigint`, [
    id,
    fence,
  ])) !== undefined;

/** Made once more, as if it had never been; the row first, so that nobody is sent to a file that is going. */
const makeAgain = async (house: House, row: ReadyRendition): Promise<void> => {
  const jobs = await house.mending.jobs();
  const { id, trackId, fence, storageKey } = row;
  const mine = await house.db.transaction(async (tx) => {
    const rows = await house.db.query(
      `UPDATE renditions
          SET state = 'queued', init_bytes = NULL, segment_bytes = NULL, segment_samples = NULL, size_bytes = NULL,
              sha256 = NULL, storage_key = NULL, peak_kbps = NULL, ready_at = NULL, attempts = 0
        WHERE id = $1 AND state = 'ready' AND fence = $2::bigint RETURNING id`,
      [id, fence],
      tx,
    );
    if (rows.length > 0) await jobs.enqueue('transcode.track', { trackId }, { tx });
    return rows.length > 0;
  });
  if (!mine) return;
  await house.mending.announceTrack(trackId);
  await house.store.delete(storageKey);
};

async function* find(house: House): AsyncGenerator<Broken> {
  const counted = await house.db.first<{ count: number }>(
    `SELECT count(*)::int AS count FROM renditions WHERE state = 'ready'`,
  );
  const inFull = sampler(house.deep, counted?.count ?? 0);
  for await (const row of rowsOf<ReadyRendition>(house.db, READY)) {
    const problem = await problemOf(house, row, inFull());
    if (problem === null || !(await isUnchanged(house, row))) continue;
    yield {
      what: `rendition ${row.id} (${row.codec} ${row.bitrateKbps} of track ${row.trackId})`,
      problem,
      mend: () => makeAgain(house, row),
    };
  }
}

export const READY_RENDITIONS: Invariant = {
  id: 'I5',
  holds: 'every ready rendition is whole: size, hash, segments and samples are those of its row',
  find,
};
