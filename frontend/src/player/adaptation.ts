/**
 * How the bitrate follows the line, as Shaka's `abr`. A first play begins at the middle rung: its first segment comes
 * in half the time of the highest, and it is the rung that the server makes of new music. What the browser says of
 * its network is about its network, not about the way to this server.
 *
 * A wide line fills the whole buffer within a second: with Shaka's own interval of 8 s between two decisions, all of
 * that is fetched at the rung of before, and who drove out of a tunnel hears it for another 44 seconds (16 to 20 like
 * this). The half-lives are seconds spent downloading.
 */
export const ADAPTATION = {
  switchInterval: 0.25,
  useNetworkInformation: false,
  defaultBandwidthEstimate: 300_000,
  advanced: { fastHalfLife: 1, slowHalfLife: 2, minTotalBytes: 64_000 },
} as const;

/** The rung of a first play, as the estimate above has it. */
export const FIRST_KBPS = 160;
