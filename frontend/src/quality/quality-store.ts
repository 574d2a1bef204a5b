import { readPreference, writePreference } from '../frame/preference';
import { createStore } from '../player/store';
import { readChoice, type Quality, type QualityChoice } from './quality';
import { isMobileData } from './mobile-data';

const KEY = 'kanade.quality';

/** Of this browser: a phone and a desk of one listener want different things. */
export const qualityStore = createStore(
  (now: QualityChoice, to: Partial<QualityChoice>): QualityChoice => ({ ...now, ...to }),
  readChoice(readPreference(KEY)),
);

qualityStore.subscribe(() => writePreference(KEY, JSON.stringify(qualityStore.getState())));

/** What plays is to be of this quality, over the line that there is now. */
export const playingQuality = (): Quality => {
  const { network, mobile } = qualityStore.getState();
  return isMobileData() ? mobile : network;
};
