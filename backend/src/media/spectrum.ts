import FFT from 'fft.js';

/** The power spectrum of a real signal under a Hann window: a sine of full scale has power 1 in its bin. */
export class Spectrum {
  /** size / 2 + 1 bins; the same array at every call. */
  readonly power: Float64Array;
  private readonly fft: FFT;
  private readonly window: Float64Array;
  private readonly input: Float64Array;
  private readonly output: Float64Array;

  constructor(readonly size: number) {
    this.fft = new FFT(size);
    this.window = hann(size);
    this.input = new Float64Array(size);
    this.output = new Float64Array(2 * size);
    this.power = new Float64Array(size / 2 + 1);
  }

  of(samples: Float64Array): Float64Array {
    const { input, output, window, power, size } = this;
    for (let index = 0; index < size; index++) input[index] = (samples[index] ?? 0) * (window[index] ?? 0);
    this.fft.realTransform(output, input);
    const scale = (4 / size) ** 2;
    for (let bin = 0; bin < power.length; bin++) {
      const real = output[2 * bin] ?? 0;
      const imaginary = output[2 * bin + 1] ?? 0;
      power[bin] = (real * real + imaginary * imaginary) * scale;
    }
    return power;
  }
}

const hann = (size: number): Float64Array =>
  Float64Array.from({ length: size }, (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / size));

/** Hands out overlapping frames of a stream that comes in pieces of any length; the frame is the same array each time. */
export class SlidingFrames {
  private readonly frame: Float64Array;
  private filled = 0;
  private skip = 0;

  constructor(
    private readonly size: number,
    /** From one frame's beginning to the next one's; beyond the size, what lies between is left out. */
    private readonly hop: number,
    private readonly take: (frame: Float64Array) => void,
  ) {
    this.frame = new Float64Array(size);
  }

  add(samples: Float64Array): void {
    for (let at = 0; at < samples.length;) {
      if (this.skip > 0) {
        const skipped = Math.min(this.skip, samples.length - at);
        this.skip -= skipped;
        at += skipped;
        continue;
      }
      const part = samples.subarray(at, at + this.size - this.filled);
      this.frame.set(part, this.filled);
      this.filled += part.length;
      at += part.length;
      if (this.filled === this.size) this.passOn();
    }
  }

  private passOn(): void {
    this.take(this.frame);
    this.frame.copyWithin(0, Math.min(this.hop, this.size));
    this.filled = Math.max(0, this.size - this.hop);
    this.skip = Math.max(0, this.hop - this.size);
  }
}
