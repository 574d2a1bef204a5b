import { sampleRun } from './fragment-runs.js';
import { boxesIn, BOX_HEADER_BYTES, Mp4Error } from './mp4-boxes.js';

/** A last segment may hold two fragments: the sample that ends the music is in the second. */
const lastMoofAt = (segment: Buffer): number =>
  (boxesIn(segment, 0, segment.length).findLast(({ type }) => type === 'moof')?.contentStart ??
    BOX_HEADER_BYTES) - BOX_HEADER_BYTES;

/**
 * The last segment exists in two forms that differ in one field. As encoded, its last sample is cut to the exact
 * end of the music (DASH, HLS). A queue in one MSE timeline needs the frame whole: Chromium otherwise plays the
 * padding of the cut frame over the join, while the player's append window trims a whole one exactly.
 */
export const withLastSampleDuration = (
  segment: Buffer,
  durationSamples: number,
  trexDuration = 0,
): Buffer => {
  const start = lastMoofAt(segment);
  const run = sampleRun(segment.subarray(start), trexDuration);
  const at = run.lastDurationAt ?? (run.sampleCount === 1 ? run.defaultDurationAt : undefined);
  if (at === undefined) {
    // One duration for all samples and no field of the last one's own: nothing was cut, the frame is whole.
    if (run.totalSamples === durationSamples * run.sampleCount) return segment;
    throw new Mp4Error('the last sample has no duration field of its own');
  }
  const patched = Buffer.from(segment);
  patched.writeUInt32BE(durationSamples, start + at);
  return patched;
};

/** The duration that the last sample tells now, which of the two forms a segment is in. */
export const lastSampleDuration = (segment: Buffer, trexDuration = 0): number => {
  const fragment = segment.subarray(lastMoofAt(segment));
  const run = sampleRun(fragment, trexDuration);
  const at = run.lastDurationAt ?? run.defaultDurationAt;
  return at === undefined ? trexDuration : fragment.readUInt32BE(at);
};
