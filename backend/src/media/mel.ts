/** The loudness of a short moment in 64 bands as wide as the ear's, in dB: a sine of full scale is about 0. */
export const MEL_BANDS = 64;
export const MEL_FLOOR_DB = -100;

const toMel = (hz: number): number => 2595 * Math.log10(1 + hz / 700);
const toHz = (mel: number): number => 700 * (10 ** (mel / 2595) - 1);

interface Band {
  readonly from: number;
  readonly weights: Float64Array;
}

/** Triangular bands from 0 Hz to half the rate, each reaching to the middles of its neighbours. */
export class MelFilters {
  private readonly bands: readonly Band[];

  constructor(sampleRateHz: number, spectrumSize: number) {
    const top = toMel(sampleRateHz / 2);
    const edges = Array.from({ length: MEL_BANDS + 2 }, (_, index) => toHz((top * index) / (MEL_BANDS + 1)));
    this.bands = Array.from({ length: MEL_BANDS }, (_, band) =>
      bandOf(edges.slice(band, band + 3), sampleRateHz / spectrumSize),
    );
  }

  /** Writes the level of each band. */
  levels(power: Float64Array, out: Float64Array): void {
    for (let band = 0; band < MEL_BANDS; band++) {
      const { from, weights } = this.bands[band] ?? NO_BAND;
      let sum = 1e-10;
      for (let index = 0; index < weights.length; index++)
        sum += (weights[index] ?? 0) * (power[from + index] ?? 0);
      out[band] = 10 * Math.log10(sum);
    }
  }
}

const NO_BAND: Band = { from: 0, weights: new Float64Array(0) };

function bandOf([low = 0, middle = 0, high = 0]: readonly number[], binHz: number): Band {
  const from = Math.ceil(low / binHz);
  const to = Math.floor(high / binHz);
  const weightAt = (hz: number): number =>
    Math.max(0, hz <= middle ? (hz - low) / (middle - low) : (high - hz) / (high - middle));
  return {
    from,
    weights: Float64Array.from({ length: to - from + 1 }, (_, index) => weightAt((from + index) * binHz)),
  };
}
