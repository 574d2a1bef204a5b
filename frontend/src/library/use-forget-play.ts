'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { api, type HistoryEntry } from '../api/client';
import { historyQuery, homeQuery } from '../api/queries';
import { doAfterNotice } from '../notices/before-it-is-done';
import { notify } from '../notices/notices';
import { createStore } from '../player/store';

interface Change {
  readonly id: string;
  readonly isHidden: boolean;
}

/** Events and tracks that are taken out here, while the server does not know of it yet. */
const hidden = createStore<ReadonlySet<string>, Change>((ids, { id, isHidden }) => {
  const others = [...ids].filter((each) => each !== id);
  return new Set(isHidden ? [...others, id] : others);
}, new Set());

const NONE: ReadonlySet<string> = new Set();

export const useHiddenPlays = (): ReadonlySet<string> =>
  useSyncExternalStore(hidden.subscribe, hidden.getState, () => NONE);

type Forget = (entry: HistoryEntry) => void;

/**
 * Takes an event, or all of its track, out of the history: at once for the eye, for good when the notice with the way
 * back has gone.
 */
export function useForgetPlay(): { readonly one: Forget; readonly all: Forget } {
  const t = useTranslations('history');
  const queries = useQueryClient();
  const forget = (
    id: string,
    title: string,
    said: 'removed' | 'removedAll',
    send: () => Promise<unknown>,
  ): void => {
    const show = (isHidden: boolean): void => hidden.dispatch({ id, isHidden });
    const act = async (): Promise<void> => {
      try {
        await send();
        await Promise.all([
          queries.invalidateQueries({ queryKey: historyQuery.queryKey }),
          queries.invalidateQueries({ queryKey: homeQuery.queryKey }),
          queries.invalidateQueries({ queryKey: ['statistics'] }),
        ]);
      } catch {
        notify({ text: t('notRemoved', { title }) });
      }
      // What is gone is gone; what is heard of the track from now on stands there again.
      show(false);
    };
    show(true);
    doAfterNotice({
      text: t(said, { title }),
      undo: t('undo'),
      act: () => void act(),
      back: () => show(false),
    });
  };
  return {
    one: ({ id, track: { title } }) =>
      forget(id, title, 'removed', () =>
        api.DELETE('/api/me/history/{id}', { params: { path: { id } }, keepalive: true }),
      ),
    all: ({ track: { id, title } }) =>
      forget(id, title, 'removedAll', () =>
        api.DELETE('/api/me/history/tracks/{id}', { params: { path: { id } }, keepalive: true }),
      ),
  };
}
