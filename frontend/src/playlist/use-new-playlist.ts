'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { api, body } from '../api/client';
import { playlistsQuery } from '../api/queries';
import { notify } from '../notices/notices';

interface NewList {
  readonly title: string;
  readonly trackIds?: readonly string[];
}

const LONGEST_TITLE = 200;

/** Makes a private list, and says where it is. */
export function useNewPlaylist(): (list: NewList) => Promise<string | null> {
  const t = useTranslations('playlist');
  const queries = useQueryClient();
  const router = useRouter();
  return async ({ title, trackIds = [] }) => {
    try {
      const { id } = await body(
        api.POST('/api/playlists', {
          body: {
            title: title.slice(0, LONGEST_TITLE),
            description: '',
            visibility: 'private',
            members: [],
            trackIds: [...trackIds],
          },
        }),
      );
      void queries.invalidateQueries({ queryKey: playlistsQuery.queryKey });
      notify({
        text: t('made', { title }),
        action: { label: t('open'), run: () => router.push(`/playlists/${id}`) },
      });
      return id;
    } catch {
      notify({ text: t('notMade', { title }) });
      return null;
    }
  };
}
