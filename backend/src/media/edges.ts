export interface SilenceEdges {
  readonly leadingSilenceSamples: number;
  readonly trailingSilenceSamples: number;
}

/** -60 dB of full scale: below the hiss of a quiet tape, above dither and the tails that codecs leave. */
export const SILENCE_AMPLITUDE = 33;

/**
 * Where a track begins and ends to sound: the frames before the first sample of any channel whose amplitude reaches
 * -60 dBFS, and after the last. A track that never does is silent at its beginning throughout, and has no end.
 */
export class Edges {
  private frames = 0;
  private first: number | null = null;
  private last = 0;

  constructor(private readonly channels: number) {}

  add(samples: Int16Array): void {
    const from = this.first === null ? samples.findIndex(isHeard) : 0;
    if (from >= 0) {
      this.first ??= this.frames + Math.floor(from / this.channels);
      const to = samples.findLastIndex(isHeard);
      if (to >= 0) this.last = this.frames + Math.floor(to / this.channels);
    }
    this.frames += samples.length / this.channels;
  }

  finish(): SilenceEdges {
    return this.first === null
      ? { leadingSilenceSamples: this.frames, trailingSilenceSamples: 0 }
      : { leadingSilenceSamples: this.first, trailingSilenceSamples: this.frames - 1 - this.last };
  }
}

const isHeard = (sample: number): boolean => sample >= SILENCE_AMPLITUDE || sample <= -SILENCE_AMPLITUDE;
