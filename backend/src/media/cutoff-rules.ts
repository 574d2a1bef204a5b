import type { CutoffFacts } from './cutoff.js';

/**
 * `clean`: no sign of a lossy past (which is no proof). `lossySource`: the spectrum ends as lossy encoders end it.
 * `upsampled`: it ends where a lower sample rate ends.
 */
export type CutoffVerdict = 'clean' | 'lossySource' | 'upsampled';

/** Instruments fade into the noise over thousands of hertz; filters end within hundreds. */
const CLIFF_DB = 12;
/** LAME ends at 20.3 kHz at 320 kbps and Opus at 20.0; the gentlest filters of converters and resamplers at 20.9. */
const LOSSY_BELOW_HZ = 20_800;
/** What was made at 44.1 or 48 kHz ends below this. */
const UPSAMPLED_BELOW_HZ = 24_200;
/** Nearer to the end of the spectrum it is the converter's own filter. */
const NEAR_THE_END = 0.945;

/** Pure: null for what tells nothing: a lossy file, or one too quiet to see where its sound ends. */
export function cutoffVerdict({
  lossless,
  sampleRateHz,
  cutoffHz,
  cutoffDropDb,
}: CutoffFacts & { readonly lossless: boolean; readonly sampleRateHz: number }): CutoffVerdict | null {
  if (!lossless || cutoffHz === null || cutoffDropDb === null) return null;
  if (cutoffDropDb < CLIFF_DB || cutoffHz > NEAR_THE_END * (sampleRateHz / 2)) return 'clean';
  if (cutoffHz < LOSSY_BELOW_HZ) return 'lossySource';
  return cutoffHz < UPSAMPLED_BELOW_HZ && sampleRateHz > 48_000 ? 'upsampled' : 'clean';
}
