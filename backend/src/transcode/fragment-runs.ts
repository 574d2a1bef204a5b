import { boxesIn, fieldAt, findBox, Mp4Error, type Box } from './mp4-boxes.js';

const FLAGS = 0x00ffffff;
const TFHD = { baseDataOffset: 0x1, description: 0x2, defaultDuration: 0x8, defaultSize: 0x10 };
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

/** Where in tfhd a default stands that holds for all samples without a field of their own. */
const defaultOffset = (
  buffer: Buffer,
  tfhd: Box,
  field: 'defaultDuration' | 'defaultSize',
): number | undefined => {
  const flags = fieldAt(buffer, tfhd, 0) & FLAGS;
  if (!(flags & TFHD[field])) return undefined;
  const before = 8 + 8 * bitCount(flags, TFHD.baseDataOffset) + 4 * bitCount(flags, TFHD.description);
  return field === 'defaultDuration' ? before : before + 4 * bitCount(flags, TFHD.defaultDuration);
};

/** How the samples of a run stand in it: `first` and `last` are offsets of their first fields. */
interface RunLayout {
  readonly flags: number;
  readonly sampleCount: number;
  readonly first: number;
  readonly last: number;
  readonly stride: number;
}

const layoutOf = (buffer: Buffer, trun: Box): RunLayout => {
  const flags = fieldAt(buffer, trun, 0) & FLAGS;
  const sampleCount = fieldAt(buffer, trun, 4);
  if (sampleCount < 1 || sampleCount > MAX_RUN_SAMPLES)
    throw new Mp4Error(`trun with ${sampleCount} samples`);
  const stride =
    4 * [TRUN.duration, TRUN.size, TRUN.flags, TRUN.time].reduce((n, bit) => n + bitCount(flags, bit), 0);
  const first = 8 + 4 * bitCount(flags, TRUN.dataOffset) + 4 * bitCount(flags, TRUN.firstFlags);
  const last = first + (sampleCount - 1) * stride;
  // Refuses a count that the box cannot hold before a loop trusts it.
  if (stride > 0) fieldAt(buffer, trun, last + stride - 4);
  return { flags, sampleCount, first, last, stride };
};

const runOf = (buffer: Buffer, tfhd: Box, trun: Box, trexDuration: number): SampleRun => {
  const { flags, sampleCount, first, last, stride } = layoutOf(buffer, trun);
  if (!(flags & TRUN.duration)) {
    const offset = defaultOffset(buffer, tfhd, 'defaultDuration');
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

/** The one run of a fragment of one audio track, as every encoder here writes it, and the header it relies on. */
const boxesOfRun = (fragment: Buffer): { readonly tfhd: Box; readonly trun: Box } => {
  const traf = findBox(fragment, 'moof/traf');
  const children = traf === undefined ? [] : boxesIn(fragment, traf.contentStart, traf.end);
  const tfhd = children.find((box) => box.type === 'tfhd');
  const truns = children.filter((box) => box.type === 'trun');
  const [trun] = truns;
  if (tfhd === undefined || trun === undefined || truns.length > 1)
    throw new Mp4Error(`a fragment needs one tfhd and one trun, this one has ${truns.length} truns`);
  return { tfhd, trun };
};

export const sampleRun = (fragment: Buffer, trexDuration: number): SampleRun => {
  const { tfhd, trun } = boxesOfRun(fragment);
  return runOf(fragment, tfhd, trun, trexDuration);
};

export interface Sample {
  readonly duration: number;
  readonly bytes: number;
}

/** Every sample of a fragment, whether its numbers are its own or the fragment's defaults. */
export const sampleTable = (fragment: Buffer): readonly Sample[] => {
  const { tfhd, trun } = boxesOfRun(fragment);
  const { flags, sampleCount, first, stride } = layoutOf(fragment, trun);
  const read = (index: number, own: number, before: number, field: Parameters<typeof defaultOffset>[2]) => {
    if (flags & own) return fieldAt(fragment, trun, first + index * stride + before);
    const offset = defaultOffset(fragment, tfhd, field);
    if (offset === undefined) throw new Mp4Error(`a sample without ${field} of its own or of its fragment`);
    return fieldAt(fragment, tfhd, offset);
  };
  const sizeAt = 4 * bitCount(flags, TRUN.duration);
  return Array.from({ length: sampleCount }, (_, index) => ({
    duration: read(index, TRUN.duration, 0, 'defaultDuration'),
    bytes: read(index, TRUN.size, sizeAt, 'defaultSize'),
  }));
};

/** The duration that samples have when neither tfhd nor trun tells one. */
export const trexDefaultDuration = (init: Buffer): number => {
  const trex = findBox(init, 'moov/mvex/trex');
  return trex === undefined ? 0 : fieldAt(init, trex, 12);
};
