import { MEL_BANDS } from './mel.js';

export interface EnergyParts {
  /** Of the moments that are not silent, in dB of full scale. */
  readonly levelDb: number;
  /** Decibels by which the bands rise from moment to moment, on average, per second. */
  readonly onsetDbASecond: number;
  /** Where the middle of the sound lies between the lowest (0) and the highest (1) of the ear's bands. */
  readonly brightness: number;
}

const between = (value: number, low: number, high: number): number =>
  Math.max(0, Math.min(1, (value - low) / (high - low)));

/**
 * Pure: 0 (a quiet drone) to 1 (loud, dense and bright): half how loud it is (-40 to -8 dBFS), three tenths how much
 * happens (20 to 120 dB of rises a second), two tenths how bright it is.
 */
export const energyOf = ({ levelDb, onsetDbASecond, brightness }: EnergyParts): number =>
  0.5 * between(levelDb, -40, -8) +
  0.3 * between(onsetDbASecond, 20, 120) +
  0.2 * between(brightness, 0.1, 0.7);

const SILENT_POWER = 1e-6;

/** Adds up the parts of a track's energy; silent moments are left out. */
export class EnergyMeter {
  private moments = 0;
  private power = 0;
  private onsets = 0;
  private brightness = 0;

  constructor(private readonly momentsASecond: number) {}

  add(meanSquare: number, onset: number, levels: Float64Array): void {
    if (meanSquare < SILENT_POWER) return;
    this.moments++;
    this.power += meanSquare;
    this.onsets += onset;
    this.brightness += middleOf(levels);
  }

  finish(): number | null {
    if (this.moments === 0) return null;
    const energy = energyOf({
      levelDb: 10 * Math.log10(this.power / this.moments),
      onsetDbASecond: (this.onsets / this.moments) * this.momentsASecond,
      brightness: this.brightness / this.moments,
    });
    return Math.round(energy * 1000) / 1000;
  }
}

/** Bands count by the decibels in which they stand above the quietest of sixty below the loudest. */
function middleOf(levels: Float64Array): number {
  let loudest = -Infinity;
  for (const level of levels) if (level > loudest) loudest = level;
  let [sum, weighted] = [0, 0];
  for (let band = 0; band < MEL_BANDS; band++) {
    const height = Math.max(0, (levels[band] ?? 0) - loudest + 60);
    sum += height;
    weighted += height * band;
  }
  return sum === 0 ? 0 : weighted / sum / (MEL_BANDS - 1);
}
