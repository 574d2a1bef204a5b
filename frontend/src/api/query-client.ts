import { QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError, isStatus } from './api-error';
import { meQuery } from './queries';

/** A refusal (4xx) will be refused again; only an absent or failing server is asked once more. */
const mayRecover = (failures: number, error: unknown): boolean =>
  failures < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500);

export function createQueryClient(): QueryClient {
  const queryCache = new QueryCache({
    // A session that ended while a page stood open: asking who we are leads to the door.
    onError: (error, query) => {
      const known = queries.getQueryState(meQuery.queryKey)?.status === 'success';
      if (isStatus(error, 401) && known && query.queryKey[0] !== meQuery.queryKey[0]) {
        void queries.invalidateQueries({ queryKey: meQuery.queryKey });
      }
    },
  });
  const queries = new QueryClient({
    queryCache,
    defaultOptions: {
      // What is kept answers also where the browser says that there is no network.
      mutations: { networkMode: 'always' },
      queries: {
        networkMode: 'always',
        staleTime: 30_000,
        gcTime: 600_000,
        retry: mayRecover,
        refetchOnWindowFocus: false,
      },
    },
  });
  return queries;
}
