import { Spectrum } from './spectrum.js';
import { TONICS } from './tonics.js';

export interface KeyFacts {
  /** See TONICS; null where nothing tonal is heard. */
  readonly keyTonic: number | null;
  readonly keyMode: 'major' | 'minor' | null;
  /** 0 to 1: how much better it fits than the next best key. */
  readonly keyConfidence: number | null;
}

const NO_KEY: KeyFacts = { keyTonic: null, keyMode: null, keyConfidence: null };

/**
 * How often each degree of the scale is heard in music of a mode: Albrecht and Shanahan, "The Use of Large Corpora to
 * Train a New Type of Key-Finding Algorithm" (2013), better than Krumhansl's in minor.
 */
const PROFILES = {
  major: [0.238, 0.006, 0.111, 0.006, 0.137, 0.094, 0.016, 0.214, 0.009, 0.08, 0.008, 0.081],
  minor: [0.22, 0.006, 0.104, 0.123, 0.019, 0.103, 0.012, 0.214, 0.062, 0.022, 0.061, 0.052],
} as const;

const STEPS_A_SEMITONE = 10;
const STEPS = 12 * STEPS_A_SEMITONE;
/** Two octaves below middle C to three above: the bins are too coarse below, and overtones rule above. */
const LOWEST_HZ = 65;
const HIGHEST_HZ = 2100;
/** Peaks this far below the strongest of their moment are noise or side lobes. */
const FAINT_POWER = 1e-4;
const SILENT_POWER = 1e-8;
const FEWEST_FRAMES = 8;
const WORST_FIT = 0.45;

export const KEY_FRAME = 8192;

/** Adds up which notes sound, whatever their octave, in tenths of a semitone; the tuning is found at the end. */
export class KeyEstimator {
  private readonly spectrum = new Spectrum(KEY_FRAME);
  private readonly notes = new Float64Array(STEPS);
  private readonly moment = new Float64Array(STEPS);
  private readonly from: number;
  private readonly to: number;
  private frames = 0;

  constructor(private readonly sampleRateHz: number) {
    this.from = Math.ceil((LOWEST_HZ * KEY_FRAME) / sampleRateHz);
    this.to = Math.floor((HIGHEST_HZ * KEY_FRAME) / sampleRateHz);
  }

  add(frame: Float64Array): void {
    const power = this.spectrum.of(frame);
    let loudest = 0;
    for (let bin = this.from; bin <= this.to; bin++) loudest = Math.max(loudest, power[bin] ?? 0);
    if (loudest < SILENT_POWER) return;
    const { moment } = this;
    moment.fill(0);
    let sum = 0;
    for (let bin = this.from; bin <= this.to; bin++) {
      const [left, middle, right] = [power[bin - 1] ?? 0, power[bin] ?? 0, power[bin + 1] ?? 0];
      if (middle < loudest * FAINT_POWER || middle <= left || middle < right) continue;
      const note = this.noteOf(bin + offset(left, middle, right));
      const step = ((Math.round(note * STEPS_A_SEMITONE) % STEPS) + STEPS) % STEPS;
      const amplitude = Math.sqrt(middle);
      moment[step] = (moment[step] ?? 0) + amplitude;
      sum += amplitude;
    }
    // Every moment counts the same: a loud one is not more in key.
    for (let step = 0; step < STEPS; step++)
      this.notes[step] = (this.notes[step] ?? 0) + (moment[step] ?? 0) / sum;
    this.frames++;
  }

  finish(): KeyFacts {
    return this.frames < FEWEST_FRAMES ? NO_KEY : findKey(foldToSemitones(this.notes));
  }

  /** Semitones above C. */
  private noteOf(bin: number): number {
    return 12 * Math.log2((bin * this.sampleRateHz) / KEY_FRAME / 440) + 69;
  }
}

/** Where between bins a peak lies: the Hann window's peak is nearly a parabola in decibels. */
function offset(left: number, middle: number, right: number): number {
  const [a, b, c] = [Math.log(left + 1e-20), Math.log(middle), Math.log(right + 1e-20)];
  const bend = a - 2 * b + c;
  return bend === 0 ? 0 : (0.5 * (a - c)) / bend;
}

/** Pure: twelve notes from tenths of semitones, in the tuning in which they are the most distinct. */
export function foldToSemitones(notes: Float64Array): number[] {
  let best: number[] = [];
  let bestPower = -1;
  for (let tuning = -STEPS_A_SEMITONE / 2; tuning < STEPS_A_SEMITONE / 2; tuning++) {
    const folded = Array.from({ length: 12 }, (_, note) => {
      let sum = 0;
      for (let step = -STEPS_A_SEMITONE / 2; step <= STEPS_A_SEMITONE / 2; step++) {
        const at = (note * STEPS_A_SEMITONE + tuning + step + STEPS) % STEPS;
        sum += (notes[at] ?? 0) * Math.cos((Math.PI * step) / STEPS_A_SEMITONE);
      }
      return sum;
    });
    const power = folded.reduce((sum, value) => sum + value * value, 0);
    if (power > bestPower) [best, bestPower] = [folded, power];
  }
  return best;
}

/** Pure: the mode and tonic whose profile fits the weights of the twelve notes, C first, best. */
export function findKey(chroma: readonly number[]): KeyFacts {
  const fits = (['major', 'minor'] as const)
    .flatMap((mode) =>
      TONICS.map((_, tonic) => ({
        tonic,
        mode,
        fit: correlation(
          chroma,
          TONICS.map((__, note) => PROFILES[mode][(note - tonic + 12) % 12] ?? 0),
        ),
      })),
    )
    .sort((a, b) => b.fit - a.fit);
  const [best, next] = fits;
  if (best === undefined || next === undefined || !(best.fit >= WORST_FIT)) return NO_KEY;
  const confidence = Math.min(1, (best.fit - next.fit) / 0.25);
  return { keyTonic: best.tonic, keyMode: best.mode, keyConfidence: Math.round(confidence * 100) / 100 };
}

function correlation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [product, squaresA, squaresB] = [0, 0, 0];
  a.forEach((value, index) => {
    const [fromA, fromB] = [value - meanA, (b[index] ?? 0) - meanB];
    product += fromA * fromB;
    squaresA += fromA * fromA;
    squaresB += fromB * fromB;
  });
  return squaresA === 0 ? 0 : product / Math.sqrt(squaresA * squaresB);
}
