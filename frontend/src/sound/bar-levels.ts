const LOWEST_HZ = 40;
const HIGHEST_HZ = 14_000;

/** Columns of equal intervals, as ears hear them: from the bytes of an analyser to 0 to 1. */
export const barLevels = (bins: Uint8Array, sampleRateHz: number, count: number): readonly number[] => {
  const binOf = (hz: number): number => Math.floor((hz * 2 * bins.length) / sampleRateHz);
  const edge = (at: number): number => binOf(LOWEST_HZ * (HIGHEST_HZ / LOWEST_HZ) ** (at / count));
  return Array.from({ length: count }, (_, at) => {
    const from = Math.min(edge(at), bins.length - 1);
    const levels = bins.subarray(from, Math.max(from + 1, edge(at + 1)));
    return Math.max(0, ...levels) / 255;
  });
};
