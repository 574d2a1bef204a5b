import { findWrongCounts, recountTrack } from '../plays/counts.js';
import type { Broken, House, Invariant } from './invariant.js';

/** Counting a track anew mends it for all of its listeners, so it is told once. */
async function* find(house: House): AsyncGenerator<Broken> {
  const wrong = new Set((await findWrongCounts(house.db)).map(({ trackId }) => trackId));
  for (const trackId of wrong)
    yield {
      what: `track ${trackId}`,
      problem: 'its counts of plays, listeners and skips are not those of its events',
      mend: () => recountTrack(house.db, trackId),
    };
}

export const PLAY_COUNTS: Invariant = {
  id: 'I8',
  holds: 'the counts of plays are those that the events give',
  find,
};
