import { queryOptions } from '@tanstack/react-query';
import { api, body } from '../api/client';

export const lyricsQuery = (trackId: string) =>
  queryOptions({
    queryKey: ['catalog', 'lyrics', trackId],
    queryFn: ({ signal }) =>
      body(api.GET('/api/tracks/{id}/lyrics', { params: { path: { id: trackId } }, signal })),
  });
