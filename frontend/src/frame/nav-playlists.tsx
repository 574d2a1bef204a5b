'use client';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { PlaylistSummary } from '../api/client';
import { playlistsQuery } from '../api/queries';
import { IconButton } from '../components/icon-button';
import { Name } from '../components/name';
import { EndSentinel } from '../library/end-sentinel';
import { dropHandlers } from '../menu/dragged';
import { useMenus } from '../menu/menu-context';
import { tracksOf } from '../menu/subject-tracks';
import { useMenuTarget } from '../menu/use-menu-target';
import { PlaylistCover } from '../playlist/playlist-cover';
import { useAddToPlaylist } from '../playlist/use-add-to-playlist';

/** One's lists, by title, as far as they have been scrolled to; tracks are dropped onto them. */
export function NavPlaylists() {
  const t = useTranslations('nav');
  const menus = useMenus();
  const pages = useInfiniteQuery(playlistsQuery);
  const lists = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <div className="nav-head nav-lists-head">
        <Link className="linked" href="/library?view=playlists">
          {t('playlists')}
        </Link>
        <IconButton small label={t('newPlaylist')} onClick={() => menus?.openDialog({ kind: 'newList' })}>
          <Plus className="s" />
        </IconButton>
      </div>
      {lists.length > 0 && (
        <ul className="nav-albums" aria-label={t('playlists')}>
          {lists.map((list) => (
            <NavPlaylist key={list.id} list={list} />
          ))}
          {pages.hasNextPage && (
            <li aria-hidden="true">
              <EndSentinel more busy={pages.isFetchingNextPage} load={pages.fetchNextPage} />
            </li>
          )}
        </ul>
      )}
    </>
  );
}

function NavPlaylist({ list }: { readonly list: PlaylistSummary }) {
  const t = useTranslations();
  const queries = useQueryClient();
  const add = useAddToPlaylist();
  const target = useMenuTarget({ kind: 'playlist', playlist: list });
  const takes = list.canEdit && list.kind === 'ordered';
  const drop = dropHandlers((subject) => {
    void tracksOf(subject, queries).then(
      (tracks) =>
        add(
          list,
          tracks.map(({ id }) => id),
        ),
      () => undefined,
    );
  });
  return (
    <li {...target} {...(takes ? drop : {})}>
      <Link className="nav-album" href={`/playlists/${list.id}`} prefetch={false} title={list.title}>
        <PlaylistCover playlist={list} size={64} />
        <span className="label min-w-0">
          <Name>{list.title}</Name>
          <small className="ell">
            {list.entryCount === null ? t('playlist.smart') : t('common.tracks', { count: list.entryCount })}
          </small>
        </span>
      </Link>
    </li>
  );
}
