import { ApiError } from '../api/api-error';
import type { QueueGrant } from '../api/client';
import { keptMusic } from './kept-music';
import type { GrantSource } from './queue-grants';
import type { GrantedItem } from './queue-timeline';

/** What lies in this browser does not run out; it is looked for again as often as anything is. */
const FAR_MS = 60 * 60_000;

const isOnTheLine = (item: GrantedItem | undefined): boolean => item?.rungs[0]?.init.startsWith('/') === true;

/**
 * What is kept plays from there, also with a network; the rest is asked for. What stands on the timeline already stays
 * what it is: its parts are fetched from where they were granted first.
 */
export const keptFirst =
  (ask: GrantSource): GrantSource =>
  async (trackIds, codec, standing) => {
    const music = await keptMusic();
    const items: GrantedItem[] = [];
    const rest: string[] = [];
    for (const trackId of trackIds) {
      const item = isOnTheLine(standing?.(trackId)) ? undefined : music?.find(trackId, codec);
      if (item) items.push(item);
      else rest.push(trackId);
    }
    const kept: QueueGrant = { items, dash: '', expiresAt: new Date(Date.now() + FAR_MS).toISOString() };
    if (rest.length === 0) return kept;
    try {
      const granted = await ask(rest, codec);
      return { ...granted, items: [...items, ...granted.items] };
    } catch (error) {
      if (items.length === 0) throw error;
      return kept;
    }
  };

/** In another codec than the one that is streamed only what is kept in it: the rest has its turn by a load of its own. */
export const keptOnly: GrantSource = () =>
  Promise.reject(new ApiError('OTHER_CODEC', 0, 'this is not streamed in the codec of what is kept'));
