/** A segment shorter than this says more about its header than about the network it needs. */
const SHORTEST_SECONDS = 1;

/** The highest bitrate of any segment, which is what BANDWIDTH in a manifest means. */
export const peakKbps = (
  segmentBytes: readonly number[],
  segmentSamples: readonly number[],
  sampleRateHz: number,
): number => {
  const rates = segmentBytes.map((bytes, index) => {
    const seconds = (segmentSamples[index] ?? 0) / sampleRateHz;
    return (bytes * 8) / 1000 / Math.max(seconds, SHORTEST_SECONDS);
  });
  return Math.max(1, Math.ceil(Math.max(0, ...rates)));
};
