import type { StreamCodec } from '../player/codec-choice';
import { bitrateKbpsOf, type Quality } from '../quality/quality';
import type { Wish } from './track-download';

const LOSSLESS: Wish = { codec: 'flac', bitrateKbps: 0 };
const USUAL_KBPS = 160;

/** Pure: the rung of a quality, in the codec that this browser streams. */
export const wishOf = (quality: Quality, codec: StreamCodec): Wish =>
  quality === 'lossless' ? LOSSLESS : { codec, bitrateKbps: bitrateKbpsOf(quality) ?? USUAL_KBPS };
