export const PEAKS_A_SECOND = 10;

/** Counts samples and keeps the loudest of each tenth of a second. */
export class Waveform {
  private readonly found: number[] = [];
  private frames = 0;
  private loudest = 0;
  private windowEnd: number;

  constructor(
    private readonly sampleRateHz: number,
    private readonly channels: number,
  ) {
    this.windowEnd = this.endOfWindow(0);
  }

  get sampleCount(): number {
    return this.frames;
  }

  add(samples: Int16Array): void {
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

  /** Linear amplitude, 0 to 255, ten a second; the last window may be shorter. */
  peaks(): Uint8Array {
    const isOpen = this.frames > this.endOfWindow(this.found.length - 1);
    return Uint8Array.from(isOpen ? [...this.found, toByte(this.loudest)] : this.found);
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
