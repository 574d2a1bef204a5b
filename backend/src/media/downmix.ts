/** Speaker order of the layouts that ffmpeg names; a number of channels without a name is taken as its usual layout. */
const LAYOUTS: Readonly<Record<string, string>> = {
  '2.1': 'FL FR LFE',
  '3.0': 'FL FR FC',
  '3.0(back)': 'FL FR BC',
  '4.0': 'FL FR FC BC',
  quad: 'FL FR BL BR',
  'quad(side)': 'FL FR SL SR',
  '3.1': 'FL FR FC LFE',
  '5.0': 'FL FR FC BL BR',
  '5.0(side)': 'FL FR FC SL SR',
  '4.1': 'FL FR FC LFE BC',
  '5.1': 'FL FR FC LFE BL BR',
  '5.1(side)': 'FL FR FC LFE SL SR',
  '6.0': 'FL FR FC BC SL SR',
  '6.0(front)': 'FL FR FLC FRC SL SR',
  hexagonal: 'FL FR FC BL BR BC',
  '6.1': 'FL FR FC LFE BC SL SR',
  '6.1(back)': 'FL FR FC LFE BL BR BC',
  '7.0': 'FL FR FC BL BR SL SR',
  '7.1': 'FL FR FC LFE BL BR SL SR',
  '7.1(wide)': 'FL FR FC LFE BL BR FLC FRC',
  '7.1(wide-side)': 'FL FR FC LFE FLC FRC SL SR',
};
const USUAL = ['3.0', 'quad', '5.0', '5.1', '6.1', '7.1'];

/** How much of a speaker goes to the left and to the right (ITU-R BS.775: 3 dB off for centre and surround). */
const HALF_POWER = Math.SQRT1_2;
const WEIGHTS: Readonly<Record<string, readonly [number, number]>> = {
  FL: [1, 0],
  FR: [0, 1],
  FC: [HALF_POWER, HALF_POWER],
  LFE: [0, 0],
  BL: [HALF_POWER, 0],
  BR: [0, HALF_POWER],
  SL: [HALF_POWER, 0],
  SR: [0, HALF_POWER],
  BC: [0.5, 0.5],
  FLC: [1, 0],
  FRC: [0, 1],
};

/** All weights of a side add up to this, 1 dB below full scale, so that no mix can clip, not between samples either. */
const SUM = 10 ** (-1 / 20);

/**
 * Pure: ffmpeg's `pan` filter that makes stereo of any number of channels. One is doubled and two are taken as they
 * stand, both without touching a sample; more are mixed by BS.775, the bass channel left out.
 */
export function stereoPan(channels: number, layout: string | null): string {
  if (channels <= 1) return 'pan=stereo|c0=c0|c1=c0';
  if (channels === 2) return 'pan=stereo|c0=c0|c1=c1';
  const weights = speakerWeights(channels, layout);
  return ['pan=stereo', mix(0, weights), mix(1, weights)].join('|');
}

type Weights = readonly (readonly [number, number])[];

function speakerWeights(channels: number, layout: string | null): Weights {
  const named = LAYOUTS[layout ?? '']?.split(' ');
  const speakers = named?.length === channels ? named : LAYOUTS[USUAL[channels - 3] ?? '']?.split(' ');
  if (speakers?.length === channels)
    return speakers.map((speaker) => WEIGHTS[speaker] ?? [HALF_POWER, HALF_POWER]);
  // Nobody says where these speakers stand: even ones left, odd ones right.
  return Array.from({ length: channels }, (_, index) => (index % 2 === 0 ? [1, 0] : [0, 1]));
}

function mix(side: 0 | 1, weights: Weights): string {
  const total = weights.reduce((sum, weight) => sum + weight[side], 0);
  const terms = weights.flatMap((weight, channel) =>
    weight[side] === 0 ? [] : [`${((weight[side] / total) * SUM).toFixed(6)}*c${channel}`],
  );
  return `c${side}=${terms.join('+')}`;
}
