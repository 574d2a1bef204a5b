'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { ApiError } from '../api/api-error';
import { api, body, type PlaylistDetail, type SmartRules } from '../api/client';
import { playlistsQuery } from '../api/queries';
import { refreshPlaylist } from '../playlist/refresh-playlist';

interface Wish {
  readonly title: string;
  readonly rules: SmartRules;
}

/** Makes a list of rules and goes there, or gives a list other ones. */
export function useSaveRules(playlist: PlaylistDetail | undefined, close: () => void) {
  const t = useTranslations('rules');
  const queries = useQueryClient();
  const router = useRouter();
  const save = useMutation({
    mutationFn: async ({ title, rules }: Wish) => {
      if (playlist) {
        const { id, revision } = playlist;
        await body(api.PATCH('/api/playlists/{id}', { params: { path: { id } }, body: { revision, rules } }));
        return null;
      }
      const about = { title, description: '', visibility: 'private' } as const;
      return body(api.POST('/api/playlists', { body: { ...about, members: [], trackIds: [], rules } }));
    },
    onSuccess: (made) => {
      close();
      if (made === null) return;
      void queries.invalidateQueries({ queryKey: playlistsQuery.queryKey });
      router.push(`/playlists/${made.id}`);
    },
    onSettled: () => (playlist ? refreshPlaylist(queries, playlist.id) : undefined),
  });
  const problem = (): string => {
    const code = save.error instanceof ApiError ? save.error.code : '';
    if (code === 'RULES_TOO_SLOW') return t('tooSlow');
    if (code === 'PLAYLIST_CHANGED') return t('changedElsewhere');
    return t('notSaved');
  };
  return { ...save, problem: problem() };
}
