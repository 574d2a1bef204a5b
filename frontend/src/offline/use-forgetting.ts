'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ApiError } from '../api/api-error';
import type { User } from '../api/client';
import { reachability } from '../api/reachability';
import { keptUser } from './kept-user';

const isRefused = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 401 || error.status === 403);

/** Whoever is not let in any more, or not let listen, keeps nothing; and once there is a server again, it is asked. */
export function useForgetting(user: User | undefined, error: unknown): void {
  const queries = useQueryClient();
  const isLost = isRefused(error) || user?.role === 'guest';
  useEffect(() => {
    if (isLost && keptUser()) void import('./forget').then(({ forgetKept }) => forgetKept());
  }, [isLost]);
  useEffect(
    () =>
      reachability.subscribe(() => {
        if (reachability.getState().online) void queries.invalidateQueries();
      }),
    [queries],
  );
}
