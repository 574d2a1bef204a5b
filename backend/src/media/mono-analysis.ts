import { EnergyMeter } from './energy.js';
import { KEY_FRAME, KeyEstimator, type KeyFacts } from './key.js';
import { MEL_BANDS, MEL_FLOOR_DB, MelFilters } from './mel.js';
import { MelStatistics, packMel } from './mel-statistics.js';
import { SlidingFrames, Spectrum } from './spectrum.js';
import { TempoEstimator, type TempoFacts } from './tempo.js';

export interface MonoFacts extends TempoFacts, KeyFacts {
  /** Packed (see packMel); null for a track shorter than a tenth of a second. */
  readonly melStatistics: Buffer | null;
  /** 0 to 1 (see energyOf); null where all is silent. */
  readonly energy: number | null;
}

/** What ffmpeg mixes and resamples to for this, whatever the source. */
export const MONO_RATE_HZ = 22_050;
const FRAME = 2048;
const HOP = 512;
const FRAMES_A_SECOND = MONO_RATE_HZ / HOP;
/** A band that rises from below this did not rise for a listener. */
const HEARD_DB = -70;

/** All that is told from how the sound's bands move: one pass over a mono stream, in memory that does not grow. */
export class MonoAnalysis {
  private readonly spectrum = new Spectrum(FRAME);
  private readonly filters = new MelFilters(MONO_RATE_HZ, FRAME);
  private readonly mel = new MelStatistics(FRAMES_A_SECOND);
  private readonly tempo = new TempoEstimator(FRAMES_A_SECOND);
  private readonly key = new KeyEstimator(MONO_RATE_HZ);
  private readonly energy = new EnergyMeter(FRAMES_A_SECOND);
  private readonly moments = new SlidingFrames(FRAME, HOP, (frame) => this.takeMoment(frame));
  private readonly chords = new SlidingFrames(KEY_FRAME, KEY_FRAME / 2, (frame) => this.key.add(frame));
  private readonly levels = new Float64Array(MEL_BANDS);
  private readonly before = new Float64Array(MEL_BANDS).fill(MEL_FLOOR_DB);

  add(samples: Int16Array): void {
    const floats = new Float64Array(samples.length);
    for (let index = 0; index < samples.length; index++) floats[index] = (samples[index] ?? 0) / 32_768;
    this.moments.add(floats);
    this.chords.add(floats);
  }

  finish(): MonoFacts {
    const windows = this.mel.finish();
    return {
      melStatistics: windows === null ? null : packMel(windows),
      energy: this.energy.finish(),
      ...this.tempo.finish(),
      ...this.key.finish(),
    };
  }

  private takeMoment(frame: Float64Array): void {
    const { levels, before } = this;
    this.filters.levels(this.spectrum.of(frame), levels);
    this.mel.add(levels);
    let rise = 0;
    for (let band = 0; band < MEL_BANDS; band++) {
      const level = Math.max(HEARD_DB, levels[band] ?? HEARD_DB);
      rise += Math.max(0, level - (before[band] ?? 0));
      before[band] = level;
    }
    const onset = rise / MEL_BANDS;
    this.tempo.add(onset);
    this.energy.add(meanSquare(frame), onset, levels);
  }
}

function meanSquare(frame: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < HOP; index++) sum += (frame[index] ?? 0) ** 2;
  return sum / HOP;
}
