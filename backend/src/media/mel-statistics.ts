import { MEL_BANDS, MEL_FLOOR_DB } from './mel.js';

export interface MelWindows {
  readonly secondsEach: number;
  /** For each window the mean level of each band, in dB. */
  readonly means: readonly Float64Array[];
  readonly deviations: readonly Float64Array[];
}

const WINDOW_SECONDS = 10;
/** An hour. Beyond it two windows become one, so that ten hours take no more room than one. */
const MOST_WINDOWS = 360;

class Sums {
  count = 0;
  readonly sum = new Float64Array(MEL_BANDS);
  readonly squares = new Float64Array(MEL_BANDS);

  add(levels: Float64Array): void {
    this.count++;
    for (let band = 0; band < MEL_BANDS; band++) {
      const level = levels[band] ?? 0;
      this.sum[band] = (this.sum[band] ?? 0) + level;
      this.squares[band] = (this.squares[band] ?? 0) + level * level;
    }
  }

  join(other: Sums): this {
    this.count += other.count;
    for (let band = 0; band < MEL_BANDS; band++) {
      this.sum[band] = (this.sum[band] ?? 0) + (other.sum[band] ?? 0);
      this.squares[band] = (this.squares[band] ?? 0) + (other.squares[band] ?? 0);
    }
    return this;
  }
}

/** Mean and deviation of each band over windows of ten seconds. */
export class MelStatistics {
  private windows: Sums[] = [];
  private secondsEach = WINDOW_SECONDS;

  constructor(
    private readonly framesASecond: number,
    private readonly mostWindows = MOST_WINDOWS,
  ) {}

  private frames = 0;

  add(levels: Float64Array): void {
    const index = Math.floor(this.frames++ / this.framesASecond / this.secondsEach);
    if (index >= this.mostWindows) {
      this.halve();
      this.frames--;
      return this.add(levels);
    }
    (this.windows[index] ??= new Sums()).add(levels);
  }

  finish(): MelWindows | null {
    if (this.windows.length === 0) return null;
    const means = this.windows.map(({ sum, count }) => sum.map((value) => value / count));
    const deviations = this.windows.map(({ squares, count }, index) =>
      squares.map((value, band) => Math.sqrt(Math.max(0, value / count - (means[index]?.[band] ?? 0) ** 2))),
    );
    return { secondsEach: this.secondsEach, means, deviations };
  }

  private halve(): void {
    this.secondsEach *= 2;
    this.windows = this.windows.flatMap((window, index) => {
      const next = this.windows[index + 1];
      return index % 2 === 1 ? [] : [next === undefined ? window : window.join(next)];
    });
  }
}

const LAYOUT = 1;
const HEADER_BYTES = 4;
const MEAN_STEPS_A_DB = 2;
const DEVIATION_STEPS_A_DB = 8;

/**
 * Pure: as it is stored. One byte for this layout, one for the number of bands, two (little-endian) for the seconds of a
 * window; then for each window a byte a band for its mean (half decibels above -100) and one for its deviation (eighths).
 */
export function packMel({ secondsEach, means, deviations }: MelWindows): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES + means.length * 2 * MEL_BANDS);
  bytes.writeUInt8(LAYOUT, 0);
  bytes.writeUInt8(MEL_BANDS, 1);
  bytes.writeUInt16LE(secondsEach, 2);
  means.forEach((mean, window) => {
    const at = HEADER_BYTES + window * 2 * MEL_BANDS;
    for (let band = 0; band < MEL_BANDS; band++) {
      bytes[at + band] = toByte(((mean[band] ?? 0) - MEL_FLOOR_DB) * MEAN_STEPS_A_DB);
      bytes[at + MEL_BANDS + band] = toByte((deviations[window]?.[band] ?? 0) * DEVIATION_STEPS_A_DB);
    }
  });
  return bytes;
}

/** Pure: what packMel stored, to half a decibel; null for another layout. */
export function unpackMel(bytes: Buffer): MelWindows | null {
  const bodyBytes = bytes.length - HEADER_BYTES;
  if (bodyBytes < 0 || bytes[0] !== LAYOUT || bytes[1] !== MEL_BANDS || bodyBytes % (2 * MEL_BANDS) !== 0)
    return null;
  const part = (window: number, which: 0 | 1, toDb: (byte: number) => number): Float64Array => {
    const at = HEADER_BYTES + (2 * window + which) * MEL_BANDS;
    return Float64Array.from(bytes.subarray(at, at + MEL_BANDS), toDb);
  };
  const windows = Array.from({ length: bodyBytes / (2 * MEL_BANDS) }, (_, window) => window);
  return {
    secondsEach: bytes.readUInt16LE(2),
    means: windows.map((window) => part(window, 0, (byte) => byte / MEAN_STEPS_A_DB + MEL_FLOOR_DB)),
    deviations: windows.map((window) => part(window, 1, (byte) => byte / DEVIATION_STEPS_A_DB)),
  };
}

const toByte = (value: number): number => Math.max(0, Math.min(255, Math.round(value)));
