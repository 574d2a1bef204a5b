'use client';
import { useTranslations } from 'next-intl';
import { useState, type FormEvent } from 'react';
import { useNewPlaylist } from './use-new-playlist';

export function NewPlaylistForm({ close }: { readonly close: () => void }) {
  const t = useTranslations('playlist.edit');
  const [title, setTitle] = useState('');
  const make = useNewPlaylist();
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
      <div className="mt-5 flex justify-end gap-2">
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
