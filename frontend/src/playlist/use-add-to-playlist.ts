'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { ApiError } from '../api/api-error';
import { useMenus } from '../menu/menu-context';
import { notify } from '../notices/notices';
import { addEntries, removeEntries } from './edit-entries';
import { refreshPlaylist } from './refresh-playlist';

type Duplicates = 'add' | 'skip' | 'refuse';
type Add = (
  playlist: { readonly id: string; readonly title: string },
  trackIds: readonly string[],
  duplicates?: Duplicates,
) => Promise<void>;

/** Puts tracks into a list: asked about where they stand there already, told of, and taken back by one press. */
export function useAddToPlaylist(): Add {
  const t = useTranslations('playlist');
  const queries = useQueryClient();
  const menus = useMenus();
  return async (playlist, trackIds, duplicates = 'refuse') => {
    const { id, title } = playlist;
    if (trackIds.length === 0) return notify({ text: t('nothingToAdd') });
    try {
      const { added } = await addEntries(id, trackIds, duplicates);
      void refreshPlaylist(queries, id);
      const undo = () =>
        void removeEntries(id, added).then(
          () => refreshPlaylist(queries, id),
          () => notify({ text: t('notChanged', { title }) }),
        );
      notify({
        text: t('added', { title, count: added.length }),
        ...(added.length > 0 && { action: { label: t('undo'), run: undo } }),
      });
    } catch (error) {
      if (error instanceof ApiError && error.code === 'DUPLICATE_ENTRIES' && menus)
        menus.openDialog({ kind: 'duplicates', playlist, trackIds });
      else notify({ text: t('notChanged', { title }) });
    }
  };
}
