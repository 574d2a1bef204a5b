/**
 * ReplayGain 2.0's reference. At -14 LUFS, louder as some services are, every recording with quiet passages would
 * need a limiter or stay too soft; at -18 nearly all of them reach the target by plain attenuation, and the figure
 * agrees with the tags of files and with other players.
 */
export const TARGET_LUFS = -18;

/** Lossy decoding overshoots the peaks of its source; this much room keeps it from clipping. */
export const PEAK_CEILING_DBTP = -1;

/** Beyond this a gain lifts hiss rather than music. */
const MAX_BOOST_DB = 12;

/** What a player adds to a track's volume, in steps of 0.01 dB; 0 for what was not measured or is silence. */
export const gainDb = (integratedLufs: number | null, truePeakDbtp: number | null): number => {
  // EBU R128 gates at -70 LUFS: what lies there has no loudness.
  if (integratedLufs === null || !Number.isFinite(integratedLufs) || integratedLufs <= -70) return 0;
  const wanted = Math.min(TARGET_LUFS - integratedLufs, MAX_BOOST_DB);
  const room = truePeakDbtp === null ? 0 : PEAK_CEILING_DBTP - truePeakDbtp;
  // The guard limits a boost and never attenuates what the target leaves alone.
  const gain = wanted <= 0 ? wanted : Math.max(0, Math.min(wanted, room));
  return Math.round(gain * 100) / 100 || 0;
};
