import type { LadderPolicy } from '../config/config.js';
import { LADDER, type Codec, type Rung } from '../media/ladder.js';

/** The middle rung of each lossy codec: a quarter of the whole ladder's cost, and most first plays find it. */
const SMART_KBPS = 160;

/**
 * What is encoded before anybody asks. FLAC ahead only where it is the master: of a lossy source it would be a large
 * copy of what the original says better.
 */
export const rungsAhead = (policy: LadderPolicy, lossless: boolean): readonly Rung[] => {
  switch (policy) {
    case 'eager':
      return LADDER.filter((rung) => rung.codec !== 'flac' || lossless);
    case 'smart':
      return LADDER.filter((rung) => rung.bitrateKbps === SMART_KBPS);
    case 'lazy':
      return [];
  }
};

/** The one rung of a codec that is made when only one can be. */
export const firstRung = (codec: Codec): Rung => {
  const rungs = LADDER.filter((rung) => rung.codec === codec);
  return rungs.find((rung) => rung.bitrateKbps === SMART_KBPS) ?? rungs[0] ?? LADDER[0];
};
