export const PEAKS_A_SECOND = 10;

/** Counts samples and keeps the loudest of each tenth of a second, from interleaved 16-bit PCM in pieces of any length. */
export class Waveform {
  private readonly frameBytes: number;
  private readonly found: number[] = [];
  private rest: Buffer = Buffer.alloc(0);
  private frames = 0;
  private loudest = 0;
  private windowEnd: number;

  constructor(
    private readonly sampleRateHz: number,
    private readonly channels: number,
  ) {
    this.frameBytes = 2 * channels;
    this.windowEnd = this.endOfWindow(0);
  }

  get sampleCount(): number {
    return this.frames;
  }

  add(chunk: Buffer): void {
    const bytes = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const usable = bytes.length - (bytes.length % this.frameBytes);
    // Copied: the piece it is cut from may be written to again.
    this.rest = Buffer.from(bytes.subarray(usable));
    this.addFrames(samplesOf(bytes, usable));
  }

  /** Linear amplitude, 0 to 255, ten a second; the last window may be shorter. */
  peaks(): Uint8Array {
    const isOpen = this.frames > this.endOfWindow(this.found.length - 1);
    return Uint8Array.from(isOpen ? [...this.found, toByte(this.loudest)] : this.found);
  }

  private addFrames(samples: Int16Array): void {
    for (let at = 0; at < samples.length;) {
      const end = Math.min(samples.length, at + (this.windowEnd - this.frames) * this.channels);
      let loudest = this.loudest;
      for (let index = at; index < end; index++) {
        const amplitude = Math.abs(samples[index] ?? 0);
        if (amplitude > loudest) loudest = amplitude;
      }
      this.frames += (end - at) / this.channels;
      this.loudest = loudest;
      at = end;
      if (this.frames === this.windowEnd) this.closeWindow();
    }
  }

  private closeWindow(): void {
    this.found.push(toByte(this.loudest));
    this.loudest = 0;
    this.windowEnd = this.endOfWindow(this.found.length);
  }

  /** A tenth of 11,025 Hz is no whole number: the windows' ends are rounded, so that they never drift. */
  private endOfWindow(index: number): number {
    return Math.round(((index + 1) * this.sampleRateHz) / PEAKS_A_SECOND);
  }
}

const toByte = (amplitude: number): number => Math.min(255, Math.round((amplitude * 255) / 32_767));

/** A view where the bytes lie well, a copy where they do not. */
function samplesOf(bytes: Buffer, length: number): Int16Array {
  if (bytes.byteOffset % 2 === 0) return new Int16Array(bytes.buffer, bytes.byteOffset, length / 2);
  const copy = new Uint8Array(length);
  copy.set(bytes.subarray(0, length));
  return new Int16Array(copy.buffer);
}
