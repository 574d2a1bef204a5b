'use client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import * as Dialog from 'radix-ui/dialog';
import { useState, type FormEvent } from 'react';
import { ApiError } from '../api/api-error';
import { api, body, type PlaylistDetail } from '../api/client';
import { ConfirmButton } from '../components/confirm-button';
import { notify } from '../notices/notices';
import { CoverChoice } from './cover-choice';
import { refreshPlaylist } from './refresh-playlist';

const VISIBILITIES = ['private', 'shared', 'collaborative'] as const;

/** What only the owner of a list may change. */
export function PlaylistSettings({ playlist }: { readonly playlist: PlaylistDetail }) {
  const t = useTranslations('playlist.edit');
  const [open, setOpen] = useState(false);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger className="btn btn-line">{t('open')}</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="scrim" />
        <Dialog.Content className="dialog pop" aria-describedby={undefined}>
          <Dialog.Title>{t('heading')}</Dialog.Title>
          <SettingsForm playlist={playlist} close={() => setOpen(false)} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function SettingsForm({
  playlist,
  close,
}: {
  readonly playlist: PlaylistDetail;
  readonly close: () => void;
}) {
  const t = useTranslations('playlist.edit');
  const words = useTranslations('playlist');
  const queries = useQueryClient();
  const router = useRouter();
  const { id } = playlist;
  const [title, setTitle] = useState(playlist.title);
  const [description, setDescription] = useState(playlist.description);
  const [visibility, setVisibility] = useState(playlist.visibility);
  const [members, setMembers] = useState(playlist.members.map(({ username }) => username).join(', '));
  const fail = (error: unknown) => {
    const isStale = error instanceof ApiError && error.code === 'PLAYLIST_CHANGED';
    notify({ text: words(isStale ? 'changedElsewhere' : 'notChanged', { title: playlist.title }) });
  };
  const save = useMutation({
    mutationFn: () => {
      const named = members.split(/[,、]/).map((name) => name.trim());
      const people = visibility === 'collaborative' ? named.filter((name) => name !== '') : [];
      const change = { revision: playlist.revision, title: title.trim(), description, visibility };
      return body(
        api.PATCH('/api/playlists/{id}', { params: { path: { id } }, body: { ...change, members: people } }),
      );
    },
    onSuccess: close,
    onError: fail,
    onSettled: () => refreshPlaylist(queries, id),
  });
  const remove = useMutation({
    mutationFn: () => api.DELETE('/api/playlists/{id}', { params: { path: { id } } }),
    onSuccess: async () => {
      router.replace('/library?view=playlists');
      await queries.invalidateQueries({ queryKey: ['playlists'] });
    },
    onError: fail,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form className="mt-4" onSubmit={submit}>
      <label className="form-row">
        <span>{t('title')}</span>
        <input
          className="input"
          required
          maxLength={200}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
      </label>
      <label className="form-row">
        <span>{t('description')}</span>
        <textarea
          className="input"
          rows={3}
          maxLength={2000}
          value={description}
          onChange={(event) => setDescription(event.target.value)}
        />
      </label>
      <label className="form-row">
        <span>{t('visibility')}</span>
        <select
          className="input"
          value={visibility}
          onChange={(event) =>
            setVisibility(VISIBILITIES.find((known) => known === event.target.value) ?? 'private')
          }
        >
          {VISIBILITIES.map((known) => (
            <option key={known} value={known}>
              {words(`visibility.${known}`)}
            </option>
          ))}
        </select>
      </label>
      {visibility === 'collaborative' && (
        <label className="form-row">
          <span>{t('members')}</span>
          <input className="input" value={members} onChange={(event) => setMembers(event.target.value)} />
        </label>
      )}
      <CoverChoice playlist={playlist} fail={fail} />
      <div className="mt-5 flex flex-wrap gap-2">
        <ConfirmButton
          label={t('remove')}
          title={t('removeTitle', { title: playlist.title })}
          text={t('removeText')}
          cancel={t('cancel')}
          onConfirm={() => remove.mutate()}
        />
        <span className="ml-auto" />
        <button type="button" className="btn btn-quiet btn-small" onClick={close}>
          {t('cancel')}
        </button>
        <button type="submit" className="btn btn-fill btn-small" disabled={save.isPending || !title.trim()}>
          {t('save')}
        </button>
      </div>
    </form>
  );
}
