import { isStatus } from '../api/api-error';
import { api, body } from '../api/client';
import { contentsOf } from './collections';
import { grantedLease } from './lease';
import type { Collection } from './kept';
import type { OfflineLibrary } from './offline-library';

const MOST_AT_ONCE = 500;

/** What the server says of what is kept: nothing of it may be had any more is removed, and so is what sounds otherwise by now. */
export const renewLease = async (library: OfflineLibrary, trackIds: readonly string[]): Promise<void> => {
  for (let from = 0; from < trackIds.length; from += MOST_AT_ONCE) {
    const asked = trackIds.slice(from, from + MOST_AT_ONCE);
    const answer = await body(api.POST('/api/me/offline', { body: { trackIds: [...asked] } }));
    for (const trackId of answer.refused) await library.refuse(trackId);
    for (const { trackId, version } of answer.kept) {
      const track = library.track(trackId);
      if (track && version !== null && version !== track.version) await library.dropTrack(trackId);
    }
    await library.keepLease(grantedLease(answer.keepUntil, Date.now()));
  }
  library.tell();
};

/** What is in a collection by now. One that is gone leaves, and takes its music along. */
export const followCollection = async (library: OfflineLibrary, collection: Collection): Promise<void> => {
  const { kind, id } = collection;
  try {
    const { title, tracks, answers } = await contentsOf(kind, id);
    for (const [path, answer] of answers) await library.keepAnswer(path, answer);
    await library.keep({ ...collection, title: title || collection.title, tracks });
  } catch (error) {
    if (!isStatus(error, 404)) throw error;
    await library.drop(kind, id);
  }
};
