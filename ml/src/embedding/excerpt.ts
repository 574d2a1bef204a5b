/** What is known of the sound of a stretch of a track: the mean level of each band in dB, and its deviation. */
export interface SoundWindow {
  readonly means: ArrayLike<number>;
  readonly deviations: ArrayLike<number>;
}

/** Numbers an excerpt has for each band: its level, how it moves within a window, how it differs between windows. */
const NUMBERS_A_BAND = 3;

export const excerptLength = (bands: number): number => bands * NUMBERS_A_BAND;

/**
 * Pure: an excerpt as numbers. How loud it is as a whole is taken out: that is how a track was mastered, and not what
 * it sounds like.
 */
export function describeExcerpt(windows: readonly SoundWindow[], bands: number): Float64Array {
  const told = new Float64Array(excerptLength(bands));
  const count = windows.length;
  if (count === 0) return told;
  for (const { means, deviations } of windows) {
    let loudness = 0;
    for (let band = 0; band < bands; band++) loudness += (means[band] ?? 0) / bands;
    for (let band = 0; band < bands; band++) {
      const level = (means[band] ?? 0) - loudness;
      told[band] = (told[band] ?? 0) + level / count;
      told[bands + band] = (told[bands + band] ?? 0) + (deviations[band] ?? 0) / count;
      told[2 * bands + band] = (told[2 * bands + band] ?? 0) + (level * level) / count;
    }
  }
  for (let band = 0; band < bands; band++)
    told[2 * bands + band] = Math.sqrt(Math.max(0, (told[2 * bands + band] ?? 0) - (told[band] ?? 0) ** 2));
  return told;
}
