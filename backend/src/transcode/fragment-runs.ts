import { boxesIn, fieldAt, findBox, Mp4Error, type Box } from './mp4-boxes.js';

const FLAGS = 0x00ffffff;
const TFHD = { baseDataOffset: 0x1, description: 0x2, defaultDuration: 0x8 };
const TRUN = { dataOffset: 0x1, firstFlags: 0x4, duration: 0x100, size: 0x200, flags: 0x400, time: 0x800 };
/** More samples than any 4 s fragment holds (Opus: 200 frames); a count above it is a lie about the size. */
const MAX_RUN_SAMPLES = 100_000;

/** Where the duration of a run's samples is written: one field each, or one default for the whole fragment. */
export interface SampleRun {
  readonly sampleCount: number;
  /** Offset in the fragment of the last sample's own duration, when samples have one each. */
  readonly lastDurationAt: number | undefined;
  /** Offset of tfhd's default duration, when that is what holds. */
  readonly defaultDurationAt: number | undefined;
  readonly totalSamples: number;
}

const bitCount = (flags: number, mask: number): number => (flags & mask ? 1 : 0);

const defaultDurationOffset = (buffer: Buffer, tfhd: Box): number | undefined => {
  const flags = fieldAt(buffer, tfhd, 0) & FLAGS;
  if (!(flags & TFHD.defaultDuration)) return undefined;
  return 8 + 8 * bitCount(flags, TFHD.baseDataOffset) + 4 * bitCount(flags, TFHD.description);
};

const runOf = (buffer: Buffer, tfhd: Box, trun: Box, trexDuration: number): SampleRun => {
  const flags = fieldAt(buffer, trun, 0) & FLAGS;
  const sampleCount = fieldAt(buffer, trun, 4);
  if (sampleCount < 1 || sampleCount > MAX_RUN_SAMPLES)
    throw new Mp4Error(`trun with ${sampleCount} samples`);
  const stride =
    4 * [TRUN.duration, TRUN.size, TRUN.flags, TRUN.time].reduce((n, bit) => n + bitCount(flags, bit), 0);
  const first = 8 + 4 * bitCount(flags, TRUN.dataOffset) + 4 * bitCount(flags, TRUN.firstFlags);
  const last = first + (sampleCount - 1) * stride;
  // Refuses a count that the box cannot hold before the loop below trusts it.
  if (stride > 0) fieldAt(buffer, trun, last + stride - 4);
  if (!(flags & TRUN.duration)) {
    const offset = defaultDurationOffset(buffer, tfhd);
    const duration = offset === undefined ? trexDuration : fieldAt(buffer, tfhd, offset);
    return {
      sampleCount,
      lastDurationAt: undefined,
      defaultDurationAt: offset === undefined ? undefined : tfhd.contentStart + offset,
      totalSamples: duration * sampleCount,
    };
  }
  let totalSamples = 0;
  for (let offset = first; offset <= last; offset += stride) totalSamples += fieldAt(buffer, trun, offset);
  return {
    sampleCount,
    lastDurationAt: trun.contentStart + last,
    defaultDurationAt: undefined,
    totalSamples,
  };
};

/** The one run of a fragment of one audio track, as every encoder here writes it. */
export const sampleRun = (fragment: Buffer, trexDuration: number): SampleRun => {
  const traf = findBox(fragment, 'moof/traf');
  const children = traf === undefined ? [] : boxesIn(fragment, traf.contentStart, traf.end);
  const tfhd = children.find((box) => box.type === 'tfhd');
  const truns = children.filter((box) => box.type === 'trun');
  const [trun] = truns;
  if (tfhd === undefined || trun === undefined || truns.length > 1)
    throw new Mp4Error(`a fragment needs one tfhd and one trun, this one has ${truns.length} truns`);
  return runOf(fragment, tfhd, trun, trexDuration);
};

/** The duration that samples have when neither tfhd nor trun tells one. */
export const trexDefaultDuration = (init: Buffer): number => {
  const trex = findBox(init, 'moov/mvex/trex');
  return trex === undefined ? 0 : fieldAt(init, trex, 12);
};
