'use client';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, body, type LikedKind } from '../api/client';
import { homeQuery } from '../api/queries';
import { Batch } from './batch';

const MOST_AT_ONCE = 500;

const batchOf = (kind: LikedKind): Batch<string, boolean> =>
  new Batch(async (ids) => {
    const look = { kind, ids: [...ids] };
    const { items } = await body(api.POST('/api/me/opinions/look', { body: look }));
    const liked = new Set(items.filter((item) => item.liked).map(({ id }) => id));
    return ids.map((id) => liked.has(id));
  }, MOST_AT_ONCE);

const BATCHES: Readonly<Record<LikedKind, Batch<string, boolean>>> = {
  track: batchOf('track'),
  album: batchOf('album'),
  artist: batchOf('artist'),
};

const likeQuery = (kind: LikedKind, id: string) =>
  queryOptions({
    queryKey: ['like', kind, id],
    queryFn: () => BATCHES[kind].get(id),
    staleTime: 300_000,
  });

export interface Like {
  readonly liked: boolean;
  readonly failed: boolean;
  readonly toggle: () => void;
}

/**
 * Whether the listener likes something, and how they change their mind: at once here, and taken back if it fails.
 * Without an id there is nothing to like.
 */
export function useLike(kind: LikedKind, id: string | undefined = ''): Like {
  const queries = useQueryClient();
  const { queryKey } = likeQuery(kind, id);
  const liked = useQuery({ ...likeQuery(kind, id), enabled: id !== '' }).data ?? false;
  const change = useMutation({
    // One after the other: of two presses the last one holds.
    scope: { id: queryKey.join() },
    mutationFn: (to: boolean) =>
      api.PUT('/api/me/opinions/{kind}/{id}', { params: { path: { kind, id } }, body: { liked: to } }),
    onMutate: async (to) => {
      await queries.cancelQueries({ queryKey });
      queries.setQueryData(queryKey, to);
    },
    onError: (_, to) => queries.setQueryData(queryKey, !to),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries(homeQuery),
        queries.invalidateQueries({ queryKey: ['likes', kind] }),
      ]),
  });
  return { liked, failed: change.isError, toggle: () => change.mutate(!liked) };
}
