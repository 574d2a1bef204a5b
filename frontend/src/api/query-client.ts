import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error';

/** A refusal (4xx) will be refused again; only an absent or failing server is asked once more. */
const mayRecover = (failures: number, error: unknown): boolean =>
  failures < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500);

export const createQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: { staleTime: 30_000, gcTime: 600_000, retry: mayRecover, refetchOnWindowFocus: false },
    },
  });
