import { infiniteQueryOptions } from '@tanstack/react-query';
import { ApiError } from '../api/api-error';
import { api, body, type SharedMusic } from '../api/client';
import type { GrantSource } from '../player/queue-grants';

const PAGE = 200;

type Look = (
  page: { readonly limit: number; readonly cursor?: string },
  signal: AbortSignal,
) => Promise<SharedMusic>;

const queryOf = (key: string, look: Look) =>
  infiniteQueryOptions({
    queryKey: ['share', key],
    queryFn: ({ pageParam, signal }) =>
      look({ limit: PAGE, ...(pageParam && { cursor: pageParam }) }, signal),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    // The address of its picture dies, and it may end: what is shown is never old.
    staleTime: 0,
    retry: (failures, error) => failures < 2 && !(error instanceof ApiError && error.status >= 400),
  });

/** A share that somebody may hear: what it shows, and by what right it plays. */
export interface OpenShare {
  readonly query: ReturnType<typeof queryOf>;
  readonly grants: GrantSource;
}

/** For whoever holds the link. */
export const shareByToken = (token: string): OpenShare => ({
  query: queryOf(token, (page, signal) =>
    body(api.POST('/api/shares/look', { body: { token, ...page }, signal })),
  ),
  grants: (trackIds, codec) =>
    body(api.POST('/api/shares/playback', { body: { token, trackIds: [...trackIds], codec } })),
});

/** For the person whom it names. */
export const receivedShare = (id: string): OpenShare => ({
  query: queryOf(id, (query, signal) =>
    body(api.GET('/api/me/shared/{id}', { params: { path: { id }, query }, signal })),
  ),
  grants: (trackIds, codec) =>
    body(
      api.POST('/api/me/shared/{id}/playback', {
        params: { path: { id } },
        body: { trackIds: [...trackIds], codec },
      }),
    ),
});

export const receivedSharesQuery = infiniteQueryOptions({
  queryKey: ['received-shares'],
  queryFn: ({ pageParam, signal }) =>
    body(
      api.GET('/api/me/shared', {
        params: { query: { limit: PAGE, ...(pageParam && { cursor: pageParam }) } },
        signal,
      }),
    ),
  initialPageParam: '',
  getNextPageParam: (page) => page.nextCursor,
  staleTime: 0,
});
