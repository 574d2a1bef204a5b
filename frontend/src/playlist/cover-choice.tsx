'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { api, type PlaylistDetail } from '../api/client';
import { apiErrorFrom } from '../api/api-error';
import { PlaylistCover } from './playlist-cover';
import { refreshPlaylist } from './refresh-playlist';

interface CoverChoiceProps {
  readonly playlist: PlaylistDetail;
  readonly fail: (error: unknown) => void;
}

/** A picture of the list's own, instead of those of its first albums. */
export function CoverChoice({ playlist, fail }: CoverChoiceProps) {
  const t = useTranslations('playlist.edit');
  const input = useRef<HTMLInputElement>(null);
  const queries = useQueryClient();
  const { id, revision } = playlist;
  const after = { onError: fail, onSettled: () => refreshPlaylist(queries, id) };
  const send = useMutation({
    // A picture as it is: the API's own client speaks JSON.
    mutationFn: async (file: File) => {
      const answer = await fetch(`/api/playlists/${id}/cover?revision=${revision}`, {
        method: 'PUT',
        headers: { 'content-type': file.type },
        body: file,
      });
      if (!answer.ok) throw await apiErrorFrom(answer);
    },
    ...after,
  });
  const remove = useMutation({
    mutationFn: () =>
      api.DELETE('/api/playlists/{id}/cover', { params: { path: { id }, query: { revision } } }),
    ...after,
  });
  return (
    <div className="form-row cover-choice">
      <PlaylistCover playlist={playlist} size={64} />
      <button type="button" className="btn btn-line btn-small" onClick={() => input.current?.click()}>
        {t('chooseCover')}
      </button>
      {playlist.artwork && (
        <button type="button" className="btn btn-quiet btn-small" onClick={() => remove.mutate()}>
          {t('removeCover')}
        </button>
      )}
      <input
        ref={input}
        type="file"
        hidden
        accept="image/jpeg,image/png,image/webp,image/avif,image/gif"
        aria-label={t('chooseCover')}
        onChange={({ currentTarget }) => {
          const file = currentTarget.files?.[0];
          if (file) send.mutate(file);
          currentTarget.value = '';
        }}
      />
    </div>
  );
}
