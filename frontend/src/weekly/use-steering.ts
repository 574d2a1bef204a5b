'use client';
import { useMutation } from '@tanstack/react-query';
import { api, body } from '../api/client';

type Blocked = 'track' | 'artist';

/** Takes a track or artist out of what is recommended, and puts it back. */
export function useSteering(kind: Blocked, id: string) {
  const block = useMutation({
    mutationFn: () => body(api.POST('/api/me/taste/blocks', { body: { kind, id } })),
  });
  const unblock = useMutation({
    mutationFn: (blockId: string) =>
      api.DELETE('/api/me/taste/blocks/{id}', { params: { path: { id: blockId } } }),
    onSuccess: () => block.reset(),
  });
  const blockId = block.data?.id;
  return {
    blocked: blockId !== undefined,
    failed: block.isError || unblock.isError,
    block: () => block.mutate(),
    undo: () => blockId !== undefined && unblock.mutate(blockId),
  };
}
