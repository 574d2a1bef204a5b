import type { StreamCodec } from './codec-choice';
import type { HeardRung } from './playback-status';

export const CODEC_NAMES: Readonly<Record<StreamCodec, string>> = { aac: 'AAC', opus: 'Opus', flac: 'FLAC' };

/** `Opus 160`, `AAC 320`, `FLAC`. */
export const renditionLabel = ({ codec, bitrateKbps }: HeardRung): string =>
  bitrateKbps > 0 ? `${CODEC_NAMES[codec]} ${bitrateKbps}` : CODEC_NAMES[codec];
