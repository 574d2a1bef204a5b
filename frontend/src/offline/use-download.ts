'use client';
import { useMutation } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { canKeep } from './can-keep';
import { openKeeper } from './keeper-store';
import type { CollectionKind } from './kept';
import { useProgress } from './use-offline';

export interface Download {
  /** `none`: not wished for; `coming`: not all of it is there. */
  readonly state: 'none' | 'coming' | 'there';
  readonly there: number;
  readonly of: number;
  /** This page can keep things for the time without a network. */
  readonly possible: boolean;
  readonly failed: boolean;
  readonly keep: () => void;
  readonly drop: () => void;
}

const here = (): boolean => canKeep();

/** Something that can be had without a network: an album, a playlist, a track, all that is liked. */
export function useDownload(kind: CollectionKind, id: string): Download {
  const progress = useProgress(kind, id);
  const possible = useSyncExternalStore(
    () => () => undefined,
    here,
    () => true,
  );
  const change = useMutation({
    mutationFn: async (wish: 'keep' | 'drop') => {
      const keeper = await openKeeper();
      await keeper[wish](kind, id);
    },
  });
  const { there, of } = progress ?? { there: 0, of: 0 };
  return {
    state: progress === null ? 'none' : there < of ? 'coming' : 'there',
    there,
    of,
    possible,
    failed: change.isError,
    keep: () => change.mutate('keep'),
    drop: () => change.mutate('drop'),
  };
}
