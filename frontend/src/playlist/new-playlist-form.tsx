'use client';
import { ListFilter } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { useOpenDialog } from '../menu/menu-context';
import { useNewPlaylist } from './use-new-playlist';

export function NewPlaylistForm({ close }: { readonly close: () => void }) {
  const t = useTranslations('playlist.edit');
  const [title, setTitle] = useState('');
  const make = useNewPlaylist();
  const openDialog = useOpenDialog();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    close();
    void make({ title: title.trim() });
  };
  return (
    <form className="mt-4" onSubmit={submit}>
      <label className="form-row">
        <span>{t('title')}</span>
        <input
          className="input"
          required
          maxLength={200}
          pattern=".*\S.*"
          value={title}
          onChange={(event) => setTitle(event.target.value)}
        />
      </label>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <button
          type="button"
          className="btn btn-line btn-small mr-auto"
          onClick={() => openDialog({ kind: 'rules' })}
        >
          <ListFilter className="s" />
          {t('byRules')}
        </button>
        <button type="button" className="btn btn-quiet btn-small" onClick={close}>
          {t('cancel')}
        </button>
        <button type="submit" className="btn btn-fill btn-small" disabled={title.trim() === ''}>
          {t('make')}
        </button>
      </div>
    </form>
  );
}
