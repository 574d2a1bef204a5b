import FFT from 'fft.js';

export interface TempoFacts {
  readonly bpm: number | null;
  /** Twice or half of it, whichever explains the beat next best: a listener may well count that. */
  readonly bpmAlternative: number | null;
  /** 0 to 1: how well the onsets repeat after a beat, and after two to eight. */
  readonly bpmConfidence: number | null;
}

const NO_TEMPO: TempoFacts = { bpm: null, bpmAlternative: null, bpmConfidence: null };

/** About 24 seconds: long enough for eight beats of the slowest tempo, short enough that a drifting one is kept. */
const WINDOW = 1024;
const SHORTEST_WINDOW = 256;
const SLOWEST_BPM = 45;
const FASTEST_BPM = 220;
const STEP_BPM = 0.25;
/**
 * How probable a tempo is before anything is heard (log-normal), how many beats ahead are compared, and below which
 * repetition after one beat a tempo is taken for a multiple of the real one: of 80 combinations the one that was
 * right the most often between 84 and 150 bpm and never took a third or a fifth for the beat, over six patterns.
 */
const USUAL_BPM = 118;
const USUAL_OCTAVES = 0.75;
const BEATS = 8;
const FAINT = 0.2;
const LEAST_CONFIDENCE = 0.1;
/** Two lags to either side of the fastest beat. */
const MOST_REFINED = 0.15;

/** Finds what repeats in a stream of onset strengths: autocorrelation over windows, averaged, in constant memory. */
export class TempoEstimator {
  private readonly fft = new FFT(2 * WINDOW);
  private readonly buffer = new Float64Array(WINDOW);
  private readonly input = new Float64Array(2 * WINDOW);
  private readonly spectrum = new Float64Array(4 * WINDOW);
  private readonly sum = new Float64Array(WINDOW);
  private filled = 0;
  private windows = 0;

  constructor(private readonly onsetsASecond: number) {}

  add(onset: number): void {
    this.buffer[this.filled++] = onset;
    if (this.filled < WINDOW) return;
    this.correlate(WINDOW);
    this.buffer.copyWithin(0, WINDOW / 2);
    this.filled = WINDOW / 2;
  }

  finish(): TempoFacts {
    if (this.windows === 0 && this.filled >= SHORTEST_WINDOW) this.correlate(this.filled);
    if (this.windows === 0) return NO_TEMPO;
    return findTempo(
      Array.from(this.sum, (value) => value / this.windows),
      this.onsetsASecond,
    );
  }

  /** Wiener and Khinchin: the autocorrelation is the transform of the power spectrum. */
  private correlate(length: number): void {
    const { input, spectrum, fft, buffer } = this;
    input.fill(0);
    let mean = 0;
    for (let index = 0; index < length; index++) mean += (buffer[index] ?? 0) / length;
    for (let index = 0; index < length; index++) input[index] = (buffer[index] ?? 0) - mean;
    fft.realTransform(spectrum, input);
    for (let bin = 0; bin <= WINDOW; bin++) {
      const power = (spectrum[2 * bin] ?? 0) ** 2 + (spectrum[2 * bin + 1] ?? 0) ** 2;
      input[bin] = power;
      if (bin > 0 && bin < WINDOW) input[2 * WINDOW - bin] = power;
    }
    fft.realTransform(spectrum, input);
    const whole = spectrum[0] ?? 0;
    if (whole < 1e-9) return;
    this.windows++;
    for (let lag = 0; lag < length * 0.9; lag++)
      this.sum[lag] = (this.sum[lag] ?? 0) + ((spectrum[2 * lag] ?? 0) / whole) * (length / (length - lag));
  }
}

/** Pure: from the autocorrelation of the onsets, 1 at lag 0. */
export function findTempo(correlation: readonly number[], onsetsASecond: number): TempoFacts {
  const at = (lag: number): number => {
    const below = Math.floor(lag);
    const share = lag - below;
    return (correlation[below] ?? 0) * (1 - share) + (correlation[below + 1] ?? 0) * share;
  };
  const salience = (bpm: number): number => {
    const beat = (60 * onsetsASecond) / bpm;
    let sum = 0;
    for (let beats = 1; beats <= BEATS; beats++) sum += at(beats * beat);
    return (sum / BEATS) * Math.max(0, Math.min(1, at(beat) / FAINT));
  };
  const score = (bpm: number): number =>
    salience(bpm) * Math.exp(-0.5 * (Math.log2(bpm / USUAL_BPM) / USUAL_OCTAVES) ** 2);
  const bestIn = (from: number, to: number): number => {
    let best = from;
    for (let bpm = from; bpm <= to; bpm += STEP_BPM) if (score(bpm) > score(best)) best = bpm;
    return best;
  };
  const bpm = bestIn(SLOWEST_BPM, FASTEST_BPM);
  const confidence = Math.min(1, salience(bpm));
  if (!(confidence >= LEAST_CONFIDENCE)) return NO_TEMPO;
  const refined = refine(bpm, at, onsetsASecond);
  // Where the peaks are no beats, following them leads away from it.
  const exact = Math.abs(refined / bpm - 1) <= MOST_REFINED ? refined : bpm;
  const alternative = [exact / 2, exact * 2]
    .filter((tempo) => tempo >= SLOWEST_BPM && tempo <= FASTEST_BPM)
    .reduce((best, tempo) => (score(tempo) > score(best) ? tempo : best));
  return { bpm: round(exact), bpmAlternative: round(alternative), bpmConfidence: round(confidence) };
}

/** The peak eight beats later lies eight times as far off: its place tells the tempo eight times as well. */
function refine(bpm: number, at: (lag: number) => number, onsetsASecond: number): number {
  let beat = (60 * onsetsASecond) / bpm;
  for (const beats of [1, 2, 4, 8]) {
    const centre = Math.round(beats * beat);
    let peak = centre;
    for (let lag = centre - 2; lag <= centre + 2; lag++) if (at(lag) > at(peak)) peak = lag;
    const [left, middle, right] = [at(peak - 1), at(peak), at(peak + 1)];
    const bend = left - 2 * middle + right;
    if (middle <= 0 || bend >= 0 || peak + 1 >= WINDOW) break;
    beat = (peak + (0.5 * (left - right)) / bend) / beats;
  }
  return (60 * onsetsASecond) / beat;
}

const round = (value: number): number => Math.round(value * 100) / 100;
