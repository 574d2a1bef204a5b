import type { QueryClient } from '@tanstack/react-query';
import { entriesQuery, playlistQuery, playlistsQuery } from '../api/queries';

/** Everything that tells of a list is asked for anew. */
export const refreshPlaylist = async (queries: QueryClient, id: string): Promise<void> => {
  await Promise.all([
    queries.invalidateQueries({ queryKey: playlistQuery(id).queryKey }),
    queries.invalidateQueries({ queryKey: entriesQuery(id).queryKey }),
    queries.invalidateQueries({ queryKey: playlistsQuery.queryKey }),
  ]);
};
