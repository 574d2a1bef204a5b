export interface ClippingFacts {
  readonly clippedRuns: number;
  readonly clippedSamples: number;
  readonly longestClipSamples: number;
}

/** One or two samples at full scale are a peak that just fits; three in a row are a wave whose top was cut off. */
export const SHORTEST_CLIP_SAMPLES = 3;
const TOP = 32_767;
const BOTTOM = -32_768;

/**
 * Counts runs of samples at full scale, each channel by itself. What decodes to more than full scale (a loud lossy
 * file) is cut off by the conversion to 16 bit just as a player cuts it off, and counts.
 */
export class Clipping {
  private readonly runs: Int32Array;
  private clippedRuns = 0;
  private clippedSamples = 0;
  private longest = 0;

  constructor(private readonly channels: number) {
    this.runs = new Int32Array(channels);
  }

  add(samples: Int16Array): void {
    const { channels, runs } = this;
    for (let channel = 0; channel < channels; channel++) {
      let run = runs[channel] ?? 0;
      for (let index = channel; index < samples.length; index += channels) {
        const sample = samples[index] ?? 0;
        if (sample === TOP || sample === BOTTOM) run++;
        else if (run > 0) {
          this.close(run);
          run = 0;
        }
      }
      runs[channel] = run;
    }
  }

  finish(): ClippingFacts {
    for (const run of this.runs) this.close(run);
    this.runs.fill(0);
    return {
      clippedRuns: this.clippedRuns,
      clippedSamples: this.clippedSamples,
      longestClipSamples: this.longest,
    };
  }

  private close(run: number): void {
    if (run < SHORTEST_CLIP_SAMPLES) return;
    this.clippedRuns++;
    this.clippedSamples += run;
    this.longest = Math.max(this.longest, run);
  }
}
