/** What the sound of a file is brought to whose channels or rate change on the way: those that it begins with. */
export interface OneForm {
  readonly sampleRateHz: number;
  /** Integers stay integers; what a lossy decoder makes of floats stays beyond full scale. */
  readonly lossless: boolean;
}

/** ITU-R BS.775 by the names of speakers: ffmpeg leaves out those that a part does not have, and `<` makes 1 of the rest. */
const BOTH_SIDES = [
  'FL<FL+0.707107*FC+0.707107*BL+0.707107*SL+0.5*BC+FLC',
  'FR<FR+0.707107*FC+0.707107*BR+0.707107*SR+0.5*BC+FRC',
];

/**
 * Pure: the output of a first ffmpeg that only decodes, as stereo of one rate. Within one ffmpeg a change begins all
 * filters anew, which loses what they hold and counts timestamps from zero again: what is measured and encoded of this
 * output has no such change.
 */
export const oneFormArgs = ({ sampleRateHz, lossless }: OneForm): string[] => {
  const [format, codec] = lossless ? ['s32', 'pcm_s32le'] : ['flt', 'pcm_f32le'];
  const filters = [
    `pan=stereo|${BOTH_SIDES.join('|')}`,
    `aresample=${sampleRateHz}:resampler=soxr:precision=20`,
    `aformat=sample_fmts=${format}:channel_layouts=stereo`,
  ];
  const output = ['-ar', String(sampleRateHz), '-c:a', codec, '-map_metadata', '-1', '-f', 'wav'];
  return ['-map', '0:a:0', '-af', filters.join(','), ...output];
};
