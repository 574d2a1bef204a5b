'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { ApiError } from '../api/api-error';
import { api, body, type PlaylistDetail } from '../api/client';
import { entriesQuery, playlistQuery } from '../api/queries';
import { notify } from '../notices/notices';
import { stepPlace } from '../queue/drop-place';
import type { RowActs } from '../queue/row-acts';
import { addEntries } from './edit-entries';
import { EntryNumbers, runsOf, withMoved, withoutEntries } from './entry-edits';
import { refreshPlaylist } from './refresh-playlist';

type Change =
  | { readonly type: 'move'; readonly ids: readonly string[]; readonly before: string | null }
  | { readonly type: 'remove'; readonly ids: readonly string[] };

/** Edits of a list: at once here, then there; where somebody was faster, what stands there now is shown. */
export function useEntryActs(
  { id, title }: Pick<PlaylistDetail, 'id' | 'title'>,
  jump: (entryId: string) => void,
): RowActs & { readonly numbers: EntryNumbers } {
  const t = useTranslations('playlist');
  const queries = useQueryClient();
  const [numbers] = useState(() => new EntryNumbers());
  const { queryKey } = entriesQuery(id);
  const pagesNow = () => queries.getQueryData(queryKey);
  const entriesNow = () => pagesNow()?.pages.flatMap(({ items }) => items) ?? [];

  const change = useMutation({
    // One after the other: each is made of the revision that the one before has left.
    scope: { id: `playlist ${id}` },
    mutationFn: async (edit: Change) => {
      const revision = queries.getQueryData(playlistQuery(id).queryKey)?.revision ?? 0;
      const params = { path: { id } };
      const entryIds = [...edit.ids];
      return edit.type === 'move'
        ? body(
            api.POST('/api/playlists/{id}/entries/move', {
              params,
              body: { revision, entryIds, before: edit.before },
            }),
          )
        : body(api.POST('/api/playlists/{id}/entries/remove', { params, body: { revision, entryIds } }));
    },
    onSuccess: ({ revision, entryCount }) =>
      queries.setQueryData(playlistQuery(id).queryKey, (list) => list && { ...list, revision, entryCount }),
    onError: (error) => {
      const isStale = error instanceof ApiError && error.code === 'PLAYLIST_CHANGED';
      notify({ text: t(isStale ? 'changedElsewhere' : 'notChanged', { title }) });
      void refreshPlaylist(queries, id);
    },
  });

  const edit = async (wish: Change): Promise<void> => {
    await queries.cancelQueries({ queryKey });
    const ids = new Set(wish.ids);
    queries.setQueryData(queryKey, (data) =>
      data
        ? {
            ...data,
            pages:
              wish.type === 'move'
                ? withMoved(data.pages, ids, wish.before)
                : withoutEntries(data.pages, ids),
          }
        : data,
    );
    change.mutate(wish);
  };
  const inOrder = (keys: ReadonlySet<number>): readonly string[] =>
    entriesNow().flatMap((entry) => (keys.has(numbers.of(entry.id)) ? [entry.id] : []));
  const undoOf = (ids: readonly string[]) => {
    const runs = runsOf(entriesNow(), new Set(ids));
    return async () => {
      try {
        for (const { trackIds, before } of runs) await addEntries(id, trackIds, 'add', before);
      } catch {
        notify({ text: t('notChanged', { title }) });
      }
      await refreshPlaylist(queries, id);
    };
  };

  const acts = {
    order: () => entriesNow().map((entry) => numbers.of(entry.id)),
    move: (keys: ReadonlySet<number>, before: number | null): void =>
      void edit({ type: 'move', ids: inOrder(keys), before: before === null ? null : numbers.idOf(before) }),
    jump: (key: number): void => {
      const entryId = numbers.idOf(key);
      if (entryId !== null) jump(entryId);
    },
    playNext: (keys: ReadonlySet<number>): void => acts.move(keys, acts.order()[0] ?? null),
    step: (keys: ReadonlySet<number>, step: -1 | 1): void => {
      const place = stepPlace(acts.order(), keys, step);
      if (place) acts.move(keys, place.before);
    },
    remove: (keys: ReadonlySet<number>): void => {
      const ids = inOrder(keys);
      if (ids.length === 0) return;
      const undo = undoOf(ids);
      void edit({ type: 'remove', ids });
      notify({
        text: t('removed', { title, count: ids.length }),
        action: { label: t('undo'), run: () => void undo() },
      });
    },
  };
  return { ...acts, numbers };
}
