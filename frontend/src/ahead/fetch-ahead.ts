import type { QueryClient } from '@tanstack/react-query';
import { albumQuery, artistQuery, entriesQuery, homeQuery, playlistQuery } from '../api/queries';
import { albumTracks } from '../library/play-album';
import type { Player } from '../player/player';
import type { Likely } from './likely';

interface Fetching {
  readonly queries: QueryClient;
  readonly player: Pick<Player, 'prepare'>;
}

/** Fetches what shows it and, of what would sound first, the first seconds. Never rejects: it was a guess. */
export const fetchAhead = async (
  { queries, player }: Fetching,
  likely: Likely,
  isToSound = true,
): Promise<void> => {
  const sound = (trackId: string | undefined): void => {
    if (isToSound && trackId !== undefined) player.prepare(trackId);
  };
  try {
    switch (likely.kind) {
      case 'track':
        return sound(likely.id);
      case 'album':
        return sound(albumTracks(await queries.ensureQueryData(albumQuery(likely.id)))[0]?.id);
      case 'artist':
        return sound((await queries.ensureQueryData(artistQuery(likely.id))).topTracks[0]?.id);
      case 'playlist':
        await queries.prefetchQuery(playlistQuery(likely.id));
        return await queries.prefetchInfiniteQuery(entriesQuery(likely.id));
      case 'home':
        return await queries.prefetchQuery(homeQuery);
    }
  } catch {
    return;
  }
};
