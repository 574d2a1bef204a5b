'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { api, type HistoryEntry } from '../api/client';
import { homeQuery } from '../api/queries';
import { doAfterNotice } from '../notices/before-it-is-done';
import { notify } from '../notices/notices';
import { createStore } from '../player/store';

interface Change {
  readonly id: string;
  readonly isHidden: boolean;
}

/** Taken out here, whether the server knows of it already or not yet. */
const hidden = createStore<ReadonlySet<string>, Change>((ids, { id, isHidden }) => {
  const others = [...ids].filter((each) => each !== id);
  return new Set(isHidden ? [...others, id] : others);
}, new Set());

const NONE: ReadonlySet<string> = new Set();

export const useHiddenPlays = (): ReadonlySet<string> =>
  useSyncExternalStore(hidden.subscribe, hidden.getState, () => NONE);

/** Takes an event out of the history: at once for the eye, for good when the notice with the way back has gone. */
export function useForgetPlay(): (entry: HistoryEntry) => void {
  const t = useTranslations('history');
  const queries = useQueryClient();
  return ({ id, track: { title } }) => {
    const show = (isHidden: boolean): void => hidden.dispatch({ id, isHidden });
    const forget = async (): Promise<void> => {
      try {
        await api.DELETE('/api/me/history/{id}', { params: { path: { id } }, keepalive: true });
        await Promise.all([
          queries.invalidateQueries({ queryKey: homeQuery.queryKey }),
          queries.invalidateQueries({ queryKey: ['statistics'] }),
        ]);
      } catch {
        show(false);
        notify({ text: t('notRemoved', { title }) });
      }
    };
    show(true);
    doAfterNotice({
      text: t('removed', { title }),
      undo: t('undo'),
      act: () => void forget(),
      back: () => show(false),
    });
  };
}
