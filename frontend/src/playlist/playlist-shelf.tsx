'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ListFilter, Plus } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { PlaylistSummary } from '../api/client';
import { playlistsQuery } from '../api/queries';
import { Empty } from '../components/empty';
import { languageOf } from '../components/language-of';
import { QueryProblem } from '../components/query-problem';
import { ShelfSkeleton } from '../components/skeletons';
import { EndSentinel } from '../library/end-sentinel';
import { useMenus } from '../menu/menu-context';
import { useMenuTarget } from '../menu/use-menu-target';
import { ImportLists } from './import-lists';
import { PlaylistCover } from './playlist-cover';

/** All lists one may hear, with what makes another one. */
export function PlaylistShelf() {
  const t = useTranslations('playlist');
  const nav = useTranslations('nav');
  const menus = useMenus();
  const pages = useInfiniteQuery(playlistsQuery);
  const lists = pages.data?.pages.flatMap(({ items }) => items) ?? [];
  if (pages.error && lists.length === 0) return <QueryProblem error={pages.error} retry={pages.refetch} />;
  return (
    <>
      <div className="acts mb-5">
        <button
          type="button"
          className="btn btn-line btn-small"
          onClick={() => menus?.openDialog({ kind: 'newList' })}
        >
          <Plus className="s" />
          {nav('newPlaylist')}
        </button>
        <button
          type="button"
          className="btn btn-line btn-small"
          onClick={() => menus?.openDialog({ kind: 'rules' })}
        >
          <ListFilter className="s" />
          {t('edit.byRules')}
        </button>
        <ImportLists />
      </div>
      {pages.isPending && <ShelfSkeleton count={6} />}
      {pages.isSuccess && lists.length === 0 && <Empty title={t('noneTitle')} text={t('noneText')} />}
      <ul className="shelf">
        {lists.map((list) => (
          <Card key={list.id} list={list} />
        ))}
      </ul>
      <EndSentinel more={pages.hasNextPage} busy={pages.isFetchingNextPage} load={pages.fetchNextPage} />
    </>
  );
}

function Card({ list }: { readonly list: PlaylistSummary }) {
  const t = useTranslations();
  const target = useMenuTarget({ kind: 'playlist', playlist: list });
  const { entryCount, owner } = list;
  const size = entryCount === null ? t('playlist.smart') : t('common.tracks', { count: entryCount });
  return (
    <li className="album-card" {...target}>
      <Link className="cover-link" href={`/playlists/${list.id}`} prefetch={false} title={list.title}>
        <PlaylistCover playlist={list} size={256} />
        <b className="ell" lang={languageOf(list.title)}>
          {list.title}
        </b>
      </Link>
      <span className="by ell num">{t('common.of', { first: owner.username, second: size })}</span>
    </li>
  );
}
