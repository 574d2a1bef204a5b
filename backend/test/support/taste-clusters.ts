import type { Database } from '../../src/database/database.js';
import { PlayRepository, type PlayRow } from '../../src/plays/play.repository.js';
import { addPlainTracks, addPlainUser } from './plain-tracks.js';
import { playRow } from './play-rows.js';

const DAY = 86_400_000;

export interface TasteClusters {
  readonly libraryId: string;
  readonly userIds: readonly string[];
  /** The tracks of each cluster; listener n is of cluster n modulo their number. */
  readonly clusters: readonly (readonly string[])[];
}

/** Listeners who hear one cluster of music each, most of it but not all, week after week until now. */
export const addTasteClusters = async (
  db: Database,
  { listeners = 12, clusters: count = 3, tracks = 48 } = {},
): Promise<TasteClusters> => {
  const { libraryId, trackIds } = await addPlainTracks(db, count * tracks);
  const clusters = Array.from({ length: count }, (_, at) => trackIds.slice(at * tracks, (at + 1) * tracks));
  const userIds: string[] = [];
  const rows: PlayRow[] = [];
  for (let listener = 0; listener < listeners; listener++) {
    const userId = await addPlainUser(db);
    userIds.push(userId);
    const own = clusters[listener % count] ?? [];
    // Who are of one cluster leave out other quarters of it, and begin elsewhere.
    const heard = own.filter((_, at) => (at + listener) % 4 !== 0);
    heard.forEach((_, at) => {
      const trackId = heard[(at * 7 + listener * 5) % heard.length] ?? '';
      const startedAt = new Date(Date.now() - (heard.length - at) * DAY);
      rows.push(playRow({ userId, trackId, startedAt }));
    });
  }
  await db.transaction((tx) => new PlayRepository(db).add(rows, tx));
  return { libraryId, userIds, clusters };
};
