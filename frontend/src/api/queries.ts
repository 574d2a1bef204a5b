import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { ApiError, isStatus } from './api-error';
import {
  api,
  body,
  type AlbumSort,
  type ArtistRole,
  type ArtistSort,
  type LikedKind,
  type ReleaseType,
  type SearchAnswer,
  type TrackSort,
} from './client';

/** Every read of the pages, under one key each. `['catalog', …]` is what a change of the catalogue makes stale. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => body(api.GET('/api/me', { signal })),
  retry: false,
  staleTime: Infinity,
});

export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => body(api.GET('/api/setup', { signal })),
  staleTime: 0,
});

export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: ({ signal }) => body(api.GET('/api/health', { signal })),
  staleTime: 60_000,
});

export const statusQuery = queryOptions({
  queryKey: ['library', 'status'],
  queryFn: ({ signal }) => body(api.GET('/api/library/status', { signal })),
});

const PAGE = 60;

/** What narrows a list of the library; absent is everything. */
export interface CatalogFilter {
  readonly genreId?: string;
  readonly yearFrom?: number;
  readonly yearTo?: number;
  readonly releaseType?: ReleaseType;
  readonly role?: ArtistRole;
  readonly libraryId?: string;
}

export const tracksQuery = (sort: TrackSort, filter: CatalogFilter = {}, limit = PAGE * 2) =>
  infiniteQueryOptions({
    queryKey: ['catalog', 'tracks', sort, filter, limit],
    queryFn: ({ pageParam, signal }) => {
      const query = { sort, limit, ...filter, ...(pageParam && { cursor: pageParam }) };
      return body(api.GET('/api/tracks', { params: { query }, signal }));
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });

export const albumsQuery = (sort: AlbumSort, filter: CatalogFilter = {}, limit = PAGE) =>
  infiniteQueryOptions({
    queryKey: ['catalog', 'albums', sort, filter, limit],
    queryFn: ({ pageParam, signal }) => {
      const query = { sort, limit, ...filter, ...(pageParam && { cursor: pageParam }) };
      return body(api.GET('/api/albums', { params: { query }, signal }));
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });

type ArtistFilter = Pick<CatalogFilter, 'genreId' | 'role' | 'libraryId'>;

export const artistsQuery = (sort: ArtistSort, filter: ArtistFilter = {}, limit = PAGE) =>
  infiniteQueryOptions({
    queryKey: ['catalog', 'artists', sort, filter, limit],
    queryFn: ({ pageParam, signal }) => {
      const query = { sort, limit, ...filter, ...(pageParam && { cursor: pageParam }) };
      return body(api.GET('/api/artists', { params: { query }, signal }));
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });

export const yearsQuery = queryOptions({
  queryKey: ['catalog', 'years'],
  queryFn: ({ signal }) => body(api.GET('/api/years', { params: { query: { limit: 500 } }, signal })),
});

export const statisticsQuery = (year: number, timeZone: string) =>
  queryOptions({
    queryKey: ['statistics', year, timeZone],
    queryFn: ({ signal }) =>
      body(
        api.GET('/api/me/statistics/{year}', {
          params: { path: { year: String(year) }, query: { timeZone } },
          signal,
        }),
      ),
    staleTime: 60_000,
  });

export const likesQuery = (kind: LikedKind) =>
  infiniteQueryOptions({
    queryKey: ['likes', kind],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: PAGE, ...(pageParam && { cursor: pageParam }) };
      return body(api.GET('/api/me/likes/{kind}', { params: { path: { kind }, query }, signal }));
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    staleTime: 0,
  });

export const historyQuery = infiniteQueryOptions({
  queryKey: ['history'],
  queryFn: ({ pageParam, signal }) => {
    const query = { limit: PAGE, ...(pageParam && { cursor: pageParam }) };
    return body(api.GET('/api/me/history', { params: { query }, signal }));
  },
  initialPageParam: '',
  getNextPageParam: (page) => page.nextCursor,
  staleTime: 0,
});

export const homeQuery = queryOptions({
  queryKey: ['catalog', 'home'],
  queryFn: ({ signal }) => body(api.GET('/api/home', { signal })),
});

/** Without a week: the list of this one. */
export const weeklyQuery = (week?: string) =>
  queryOptions({
    queryKey: ['catalog', 'weekly', week ?? ''],
    queryFn: ({ signal }) => {
      const query = week === undefined ? {} : { week };
      return body(api.GET('/api/recommendations/discover-weekly', { params: { query }, signal }));
    },
  });

export const tasteQuery = queryOptions({
  queryKey: ['taste'],
  queryFn: ({ signal }) => body(api.GET('/api/me/taste', { signal })),
});

const missingIsFinal = (failures: number, error: unknown): boolean =>
  failures < 2 && !isStatus(error, 404) && !isStatus(error, 400);

export const albumQuery = (id: string) =>
  queryOptions({
    queryKey: ['catalog', 'album', id],
    queryFn: ({ signal }) => body(api.GET('/api/albums/{id}', { params: { path: { id } }, signal })),
    enabled: id !== '',
    retry: missingIsFinal,
  });

export const artistQuery = (id: string) =>
  queryOptions({
    queryKey: ['catalog', 'artist', id],
    queryFn: ({ signal }) => body(api.GET('/api/artists/{id}', { params: { path: { id } }, signal })),
    enabled: id !== '',
    retry: missingIsFinal,
  });

/** Those one may hear, by title; the few that are one's own to edit are picked out where they are shown. */
export const playlistsQuery = infiniteQueryOptions({
  queryKey: ['playlists'],
  queryFn: ({ pageParam, signal }) => {
    const query = { limit: 200, ...(pageParam && { cursor: pageParam }) };
    return body(api.GET('/api/playlists', { params: { query }, signal }));
  },
  initialPageParam: '',
  getNextPageParam: (page) => page.nextCursor,
});

export const sharesQuery = queryOptions({
  queryKey: ['shares'],
  queryFn: ({ signal }) => body(api.GET('/api/shares', { params: { query: { limit: 500 } }, signal })),
  staleTime: 0,
});

export const playlistQuery = (id: string) =>
  queryOptions({
    queryKey: ['catalog', 'playlist', id],
    queryFn: ({ signal }) => body(api.GET('/api/playlists/{id}', { params: { path: { id } }, signal })),
    enabled: id !== '',
    retry: missingIsFinal,
  });

/** As long as the server gives them: whoever presses play waits for all of them. */
const ENTRIES = 500;

export const entriesQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ['catalog', 'entries', id],
    queryFn: ({ pageParam, signal }) => {
      const query = { limit: ENTRIES, ...(pageParam && { cursor: pageParam }) };
      return body(api.GET('/api/playlists/{id}/entries', { params: { path: { id }, query }, signal }));
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    enabled: id !== '',
    retry: missingIsFinal,
  });

export const trackQuery = (id: string) =>
  queryOptions({
    queryKey: ['catalog', 'track', id],
    queryFn: ({ signal }) => body(api.GET('/api/tracks/{id}', { params: { path: { id } }, signal })),
    enabled: id !== '',
    staleTime: 300_000,
    retry: missingIsFinal,
  });

export const genresQuery = queryOptions({
  queryKey: ['catalog', 'genres'],
  queryFn: ({ signal }) =>
    body(api.GET('/api/genres', { params: { query: { sort: 'name', limit: 500 } }, signal })),
});

export const searchQuery = (q: string) =>
  queryOptions({
    queryKey: ['catalog', 'search', q],
    queryFn: async ({ signal }) =>
      grouped(await body(api.GET('/api/search', { params: { query: { q, limit: 6 } }, signal }))),
    enabled: q !== '',
    staleTime: 15_000,
  });

/** Without `type` the search route always groups; its pages of one kind are not asked for here. */
const grouped = (answer: SearchAnswer | { readonly items: unknown }): SearchAnswer => {
  if ('top' in answer) return answer;
  throw new ApiError('UNEXPECTED_ANSWER', 200, 'the server answered a page where groups were asked for');
};
