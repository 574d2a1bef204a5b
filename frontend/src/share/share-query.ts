import { infiniteQueryOptions } from '@tanstack/react-query';
import { ApiError } from '../api/api-error';
import { api, body } from '../api/client';
import type { GrantSource } from '../player/queue-grants';

const PAGE = 200;

export const shareQuery = (token: string) =>
  infiniteQueryOptions({
    queryKey: ['share', token],
    queryFn: ({ pageParam, signal }) =>
      body(
        api.POST('/api/shares/look', {
          body: { token, limit: PAGE, ...(pageParam && { cursor: pageParam }) },
          signal,
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    enabled: token !== '',
    // The address of its picture dies, and it may end: what is shown is never old.
    staleTime: 0,
    retry: (failures, error) => failures < 2 && !(error instanceof ApiError && error.status >= 400),
  });

export const shareGrants =
  (token: string): GrantSource =>
  (trackIds, codec) =>
    body(api.POST('/api/shares/playback', { body: { token, trackIds: [...trackIds], codec } }));
