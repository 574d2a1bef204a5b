'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { User } from '../api/client';
import { setKeptMusic } from '../player/kept-music';
import { canKeep } from './can-keep';
import { forgetKept } from './forget';
import { forgetUser, keptUser } from './kept-user';
import { Keeper } from './keeper';
import { keeperStore } from './keeper-store';

/** Opens what this listener keeps, plays from it, and removes what somebody else has left in this browser. */
export function useKeeper(user: User): void {
  const queries = useQueryClient();
  const { id } = user;
  useEffect(() => {
    if (!canKeep()) return;
    let opened: Keeper | null = null;
    let isOver = false;
    const open = async (): Promise<Keeper | null> => {
      if (keptUser()?.id !== id) forgetUser();
      await forgetKept(id);
      return isOver ? null : Keeper.open(user);
    };
    const keeper = open().catch(() => null);
    setKeptMusic(keeper.then((each) => each?.library ?? null));
    void keeper.then((each) => {
      opened = each;
      if (isOver) each?.close();
      else keeperStore.dispatch(each);
      void each?.contact();
    });
    const stop = queries.getMutationCache().subscribe(({ mutation }) => {
      const isLike = mutation?.options.scope?.id.startsWith('like,track,') === true;
      if (isLike && mutation?.state.status === 'success') void opened?.followLikes();
    });
    return () => {
      isOver = true;
      stop();
      setKeptMusic(null);
      keeperStore.dispatch(null);
      opened?.close();
    };
    // A user's facts other than the id are those of the moment.
  }, [id, queries]);
}
