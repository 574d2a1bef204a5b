/** Loudness goes by blocks of 400 ms, one every 100 ms; what lies below this is silence to it. */
const FLOOR_TENTHS = -700;
const TOP_TENTHS = 200;
const BINS = TOP_TENTHS - FLOOR_TENTHS;
const LINE = /^\[Parsed_ebur128_\d+ @ \w+\] \[info\] t: .* M: *(-?\d+\.\d) +S:/;

/**
 * How often a track was how loud, in tenths of a LU, from the lines of ffmpeg's meter. Levels of tracks add up to the
 * level of their album, which their integrated loudness alone does not.
 */
export class MomentaryLevels {
  private readonly counts = new Uint32Array(BINS);

  readonly add = (line: string): void => {
    const level = LINE.exec(line)?.[1];
    if (level === undefined) return;
    const bin = Math.round(Number(level) * 10) - FLOOR_TENTHS;
    if (bin >= 0 && bin < BINS) this.counts[bin] = (this.counts[bin] ?? 0) + 1;
  };

  /** Two bytes for the lowest level in tenths of a LU, then four for each tenth's count up to the highest: little-endian. */
  pack(): Buffer {
    const from = this.counts.findIndex((count) => count > 0);
    const to = this.counts.findLastIndex((count) => count > 0) + 1;
    if (from < 0) return Buffer.alloc(2);
    const bytes = Buffer.alloc(2 + 4 * (to - from));
    bytes.writeInt16LE(from + FLOOR_TENTHS, 0);
    for (let bin = from; bin < to; bin++) bytes.writeUInt32LE(this.counts[bin] ?? 0, 2 + 4 * (bin - from));
    return bytes;
  }
}

/** BS.1770's gate lies this far below the mean of what is louder than -70 LUFS. */
const GATE_LU = 10;

/** Pure: the integrated loudness of tracks heard one after another; null where all of them are silent. */
export function integratedLufsOf(packed: readonly Buffer[]): number | null {
  const counts = new Map<number, number>();
  for (const bytes of packed)
    for (let at = 2; at + 4 <= bytes.length; at += 4) {
      const tenths = bytes.readInt16LE(0) + (at - 2) / 4;
      counts.set(tenths, (counts.get(tenths) ?? 0) + bytes.readUInt32LE(at));
    }
  const meanAbove = (lufs: number): number | null => {
    let [blocks, power] = [0, 0];
    for (const [tenths, count] of counts) {
      if (tenths / 10 < lufs) continue;
      blocks += count;
      power += count * 10 ** (tenths / 100);
    }
    return blocks === 0 ? null : 10 * Math.log10(power / blocks);
  };
  const all = meanAbove(FLOOR_TENTHS / 10);
  const gated = all === null ? null : meanAbove(all - GATE_LU);
  return gated === null ? null : Math.round(gated * 10) / 10;
}
