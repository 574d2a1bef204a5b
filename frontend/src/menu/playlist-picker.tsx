'use client';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Plus, Search } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { playlistsQuery } from '../api/queries';
import { Name } from '../components/name';
import { EndSentinel } from '../library/end-sentinel';
import { notify } from '../notices/notices';
import { PlaylistCover } from '../playlist/playlist-cover';
import { useAddToPlaylist } from '../playlist/use-add-to-playlist';
import { useNewPlaylist } from '../playlist/use-new-playlist';
import { nameOf, type Subject } from './subject';
import { tracksOf } from './subject-tracks';

interface PlaylistPickerProps {
  readonly subject: Subject;
  readonly close: () => void;
}

/** The lists one may put something into; what is typed narrows them, and names a new one. */
export function PlaylistPicker({ subject, close }: PlaylistPickerProps) {
  const t = useTranslations('menu');
  const counts = useTranslations('common');
  const queries = useQueryClient();
  const [typed, setTyped] = useState('');
  const pages = useInfiniteQuery(playlistsQuery);
  const add = useAddToPlaylist();
  const make = useNewPlaylist();
  const words = typed.trim().toLocaleLowerCase();
  const lists = (pages.data?.pages.flatMap(({ items }) => items) ?? []).filter(
    ({ canEdit, kind, title }) => canEdit && kind === 'ordered' && title.toLocaleLowerCase().includes(words),
  );
  const withTracks = async (act: (trackIds: readonly string[]) => Promise<unknown>) => {
    close();
    try {
      await act((await tracksOf(subject, queries)).map(({ id }) => id));
    } catch {
      notify({ text: t('unreachable') });
    }
  };
  const title = typed.trim() || nameOf(subject) || t('pick.unnamed');
  return (
    <>
      <label className="field field-outlined mt-4">
        <Search className="s" />
        <input
          type="search"
          value={typed}
          placeholder={t('pick.search')}
          aria-label={t('pick.search')}
          onChange={(event) => setTyped(event.target.value)}
        />
      </label>
      <ul className="pick">
        <li>
          <button type="button" onClick={() => void withTracks((trackIds) => make({ title, trackIds }))}>
            <span className="art grid place-items-center">
              <Plus />
            </span>
            <span className="ell">{t('pick.new', { title })}</span>
          </button>
        </li>
        {lists.map((list) => (
          <li key={list.id}>
            <button type="button" onClick={() => void withTracks((trackIds) => add(list, trackIds))}>
              <PlaylistCover playlist={list} size={64} />
              <span className="min-w-0">
                <Name>{list.title}</Name>
                <small>{counts('tracks', { count: list.entryCount ?? 0 })}</small>
              </span>
            </button>
          </li>
        ))}
        <EndSentinel more={pages.hasNextPage} busy={pages.isFetchingNextPage} load={pages.fetchNextPage} />
      </ul>
    </>
  );
}
