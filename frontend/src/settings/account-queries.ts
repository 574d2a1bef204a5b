import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, body } from '../api/client';

/** What the pages of the settings read about accounts; no change of the catalogue makes it stale. */
export const devicesQuery = queryOptions({
  queryKey: ['account', 'devices'],
  queryFn: ({ signal }) => body(api.GET('/api/me/devices', { signal })),
});

export const keysQuery = queryOptions({
  queryKey: ['account', 'keys'],
  queryFn: ({ signal }) => body(api.GET('/api/me/keys', { signal })),
});

const PAGE = 100;

export const peopleQuery = infiniteQueryOptions({
  queryKey: ['account', 'people'],
  queryFn: ({ pageParam, signal }) =>
    body(
      api.GET('/api/users', {
        params: { query: { limit: PAGE, ...(pageParam && { cursor: pageParam }) } },
        signal,
      }),
    ),
  initialPageParam: '',
  getNextPageParam: (page) => page.nextCursor,
});

export const invitationsQuery = queryOptions({
  queryKey: ['account', 'invitations'],
  queryFn: ({ signal }) => body(api.GET('/api/invitations', { params: { query: { limit: PAGE } }, signal })),
});

export const librariesQuery = queryOptions({
  queryKey: ['account', 'libraries'],
  queryFn: ({ signal }) => body(api.GET('/api/libraries', { signal })),
});
