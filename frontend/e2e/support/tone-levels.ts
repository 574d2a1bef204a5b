/** How much of a tone is in some samples: its amplitude, by Goertzel's algorithm. */
export const amplitudeOf = (samples: Float32Array, frequencyHz: number, rateHz: number): number => {
  const turn = 2 * Math.cos((2 * Math.PI * frequencyHz) / rateHz);
  let [before, last] = [0, 0];
  for (const sample of samples) [before, last] = [last, sample + turn * last - before];
  return (2 * Math.sqrt(Math.max(0, last ** 2 + before ** 2 - turn * last * before))) / samples.length;
};

export interface Window {
  readonly seconds: number;
  /** In dB of full scale, a tone each. */
  readonly levels: readonly number[];
}

/** The levels of some tones, window by window. */
export const toneLevels = (
  samples: Float32Array,
  rateHz: number,
  frequenciesHz: readonly number[],
  windowSeconds: number,
): readonly Window[] => {
  const size = Math.round(windowSeconds * rateHz);
  return Array.from({ length: Math.floor(samples.length / size) }, (_, at) => {
    const window = samples.subarray(at * size, (at + 1) * size);
    const levels = frequenciesHz.map(
      (hz) => 20 * Math.log10(Math.max(1e-6, amplitudeOf(window, hz, rateHz))),
    );
    return { seconds: (at * size) / rateHz, levels };
  });
};
