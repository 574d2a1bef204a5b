import { readPreference } from '../frame/preference';
import type { Quality } from '../quality/quality';

export type StreamCodec = 'opus' | 'aac' | 'flac';

/** What the listener set by hand; anything else leaves the choice to the browser. */
const PREFERENCE = 'kanade.codec';

export const TYPES: Readonly<Record<StreamCodec, string>> = {
  opus: 'audio/mp4; codecs="opus"',
  aac: 'audio/mp4; codecs="mp4a.40.2"',
  flac: 'audio/mp4; codecs="flac"',
};

const LADDER_KBPS: Readonly<Record<StreamCodec, readonly number[]>> = {
  opus: [96, 160, 320],
  aac: [96, 160, 320],
  flac: [],
};

/** What a timeline may play: a track that is kept in this browser has one rung, what follows it may have all. */
export const rungsOf = (
  codec: StreamCodec,
  { rungs }: { readonly rungs: readonly { readonly bitrateKbps: number }[] },
): readonly number[] => {
  const granted = rungs.map(({ bitrateKbps }) => bitrateKbps);
  return [...new Set([...granted, ...LADDER_KBPS[codec]])].sort((a, b) => a - b);
};

const isCodec = (name: string | null): name is StreamCodec => name !== null && name in TYPES;

/** Chosen once a timeline: within it only the bitrate adapts, never the codec (a mixed set does not come back down). */
export const chooseCodec = (
  supports: (type: string) => boolean,
  quality: Quality = 'auto',
  preferred: string | null = readPreference(PREFERENCE),
): StreamCodec => {
  if (isCodec(preferred) && supports(TYPES[preferred])) return preferred;
  if (quality === 'lossless' && supports(TYPES.flac)) return 'flac';
  return supports(TYPES.opus) ? 'opus' : 'aac';
};
