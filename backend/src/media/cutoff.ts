import { SlidingFrames, Spectrum } from './spectrum.js';

export interface CutoffFacts {
  /** The highest frequency with sound in it; null for a track too quiet or short to tell. */
  readonly cutoffHz: number | null;
  /** How far the level falls from just below it to just above; 0 when sound reaches the end of the spectrum. */
  readonly cutoffDropDb: number | null;
}

const FRAME = 4096;
const FRAMES_A_SECOND = 2;
const BAND_HZ = 100;
/** What 16-bit rounding alone leaves in a bin of such a frame; converted files have at least this much. */
const ROUNDING_DB = -129.4;
const SOUND_DB = ROUNDING_DB + 12;
/** Nothing is told of frames without any band as loud as this, and of tracks with fewer than ten others. */
const QUIET_DB = -70;
const FEWEST_FRAMES = 10;
/** Clipping puts sound into all bands of single frames, so the loudest fifth of them is not believed. */
const SHARE = 0.8;
const STEP_DB = 1;
const STEPS = 140;

/** Collects how loud each band of 100 Hz is, over two short looks a second, in memory that does not grow. */
export class BandLevels {
  private readonly spectrum = new Spectrum(FRAME);
  private readonly frames: SlidingFrames;
  private readonly bandBins: number;
  private readonly bands: number;
  /** For each band, in how many frames it was as loud as each step. */
  private readonly counts: Uint32Array;
  private readonly levels: Float64Array;
  private heard = 0;

  constructor(
    private readonly sampleRateHz: number,
    private readonly channels: number,
  ) {
    this.bandBins = Math.max(2, Math.round((BAND_HZ * FRAME) / sampleRateHz));
    this.bands = Math.floor(FRAME / 2 / this.bandBins);
    this.counts = new Uint32Array(this.bands * STEPS);
    this.levels = new Float64Array(this.bands);
    const hop = Math.max(FRAME, Math.round(sampleRateHz / FRAMES_A_SECOND));
    this.frames = new SlidingFrames(FRAME, hop, (frame) => this.take(frame));
  }

  add(samples: Int16Array): void {
    const mixed = new Float64Array(samples.length / this.channels);
    const scale = 1 / (32_768 * this.channels);
    for (let frame = 0, at = 0; frame < mixed.length; frame++) {
      let sum = 0;
      for (let channel = 0; channel < this.channels; channel++) sum += samples[at++] ?? 0;
      mixed[frame] = sum * scale;
    }
    this.frames.add(mixed);
  }

  finish(): CutoffFacts {
    if (this.heard < FEWEST_FRAMES) return { cutoffHz: null, cutoffDropDb: null };
    const bandHz = (this.bandBins * this.sampleRateHz) / FRAME;
    return findCutoff(this.usualLevels(), bandHz);
  }

  private take(frame: Float64Array): void {
    const power = this.spectrum.of(frame);
    let loudest = -Infinity;
    for (let band = 0; band < this.bands; band++) {
      let sum = 0;
      for (let bin = band * this.bandBins; bin < (band + 1) * this.bandBins; bin++) sum += power[bin] ?? 0;
      const level = 10 * Math.log10(sum / this.bandBins + 1e-14);
      this.levels[band] = level;
      if (level > loudest) loudest = level;
    }
    if (loudest < QUIET_DB) return;
    this.heard++;
    for (let band = 0; band < this.bands; band++) {
      const step = Math.floor(((this.levels[band] ?? 0) + STEPS) / STEP_DB);
      const at = band * STEPS + Math.max(0, Math.min(STEPS - 1, step));
      this.counts[at] = (this.counts[at] ?? 0) + 1;
    }
  }

  private usualLevels(): number[] {
    return Array.from({ length: this.bands }, (_, band) => {
      let left = this.heard * SHARE;
      let step = 0;
      while (step < STEPS - 1 && (left -= this.counts[band * STEPS + step] ?? 0) > 0) step++;
      return step * STEP_DB - STEPS;
    });
  }
}

/** Bands on both sides of the edge that are left out, and how many beyond them are looked at. */
const EDGE_HZ = 200;
const LOOK_HZ = 1000;

/** Pure: from how loud each band is, lowest first. */
export function findCutoff(levels: readonly number[], bandHz: number): CutoffFacts {
  const edge = levels.findLastIndex((level) => level > SOUND_DB);
  if (edge < 0) return { cutoffHz: null, cutoffDropDb: null };
  const cutoffHz = Math.round((edge + 1) * bandHz);
  const guard = Math.ceil(EDGE_HZ / bandHz);
  const look = Math.ceil(LOOK_HZ / bandHz);
  const above = mean(levels.slice(edge + 1 + guard, edge + 1 + look));
  const below = mean(levels.slice(Math.max(0, edge + 1 - look), Math.max(0, edge + 1 - guard)));
  const drop = above === null || below === null ? 0 : Math.max(0, below - above);
  return { cutoffHz, cutoffDropDb: Math.round(drop * 10) / 10 };
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
