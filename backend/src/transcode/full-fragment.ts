import { FRAMING, type Codec } from '../media/ladder.js';
import { withLastSampleDuration } from './last-fragment.js';
import { RESET_SAMPLES, withDecoderReset } from './opus-reset.js';

/** Where a fragment stands in its rendition: a queue wants the outermost ones in another form. */
export interface FragmentPlace {
  readonly codec: Codec;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** Samples by which a queue's first fragment of a rendition begins before its encoding does. */
export const leadSamples = (codec: Codec): number => (codec === 'opus' ? RESET_SAMPLES : 0);

/** A FLAC frame tells its own length, so its last one is short and whole at once. */
const isLastCut = ({ codec, isLast }: FragmentPlace): boolean => isLast && codec !== 'flac';
const isFirstLed = ({ codec, isFirst }: FragmentPlace): boolean => isFirst && leadSamples(codec) > 0;

/** Whether the form for a queue differs from the one that is stored. */
export const isChangedForQueue = (place: FragmentPlace): boolean => isLastCut(place) || isFirstLed(place);

/** Pure: the form of a fragment in which renditions are laid behind one another on one timeline. */
export const forQueue = (fragment: Buffer, place: FragmentPlace): Buffer => {
  const whole = isLastCut(place)
    ? withLastSampleDuration(fragment, FRAMING[place.codec].frameSamples)
    : fragment;
  return isFirstLed(place) ? withDecoderReset(whole) : whole;
};
