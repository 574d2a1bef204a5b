export interface Loudness {
  readonly integratedLufs: number | null;
  readonly truePeakDbtp: number | null;
}

/** The meter's floor: what it prints when no block passed its gate (silence, or less than 400 ms). */
const FLOOR_LUFS = -70;

/**
 * Pure: the last summary that ebur128 printed. A tag can hold the same words, but tags are printed before; -70 LUFS
 * and -inf dBFS mean that there was nothing to measure.
 */
export function readLoudness(log: string): Loudness {
  const summary = log.slice(log.lastIndexOf('Summary:'));
  const integrated = numberAfter(summary, /^ *I: +(\S+) LUFS/m);
  const peak = numberAfter(summary, /^ *Peak: +(\S+) dBFS/m);
  return {
    integratedLufs: integrated !== null && integrated > FLOOR_LUFS ? integrated : null,
    truePeakDbtp: peak,
  };
}

function numberAfter(text: string, pattern: RegExp): number | null {
  const value = Number.parseFloat(pattern.exec(text)?.[1] ?? '');
  return Number.isFinite(value) ? value : null;
}
