'use client';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { genresQuery, statusQuery } from '../api/queries';
import { usePageTitle } from '../components/use-page-title';
import { AlbumGrid } from './album-grid';
import { ArtistGrid } from './artist-grid';
import { ALBUM_SORTS, readView, TRACK_SORTS, viewAddress, VIEWS, type LibraryView } from './library-view';
import { HistoryList } from './history-list';
import { LikedShelves } from './liked-shelves';
import { TrackTable } from './track-table';

const FIRST: Readonly<Record<(typeof VIEWS)[number], LibraryView>> = {
  albums: { view: 'albums', sort: 'added' },
  tracks: { view: 'tracks', sort: 'title' },
  artists: { view: 'artists' },
  liked: { view: 'liked' },
  history: { view: 'history' },
};

export function LibraryPage() {
  const t = useTranslations('library');
  const state = readView(new URLSearchParams(useSearchParams()));
  const { data: status } = useQuery(statusQuery);
  usePageTitle(t('title'));
  return (
    <div className="body">
      <div className="page-head">
        <h1>{t('title')}</h1>
        {status && status.files.ready > 0 && (
          <p className="num">{t('count', { count: status.files.ready })}</p>
        )}
      </div>
      <div className="filters">
        <nav className="contents" aria-label={t('view')}>
          {VIEWS.map((view) => (
            <Link
              key={view}
              className="chip"
              href={viewAddress(FIRST[view])}
              aria-current={view === state.view ? 'page' : undefined}
              scroll={false}
            >
              {t(view)}
            </Link>
          ))}
        </nav>
        <Shelving state={state} />
      </div>
      <Shelf state={state} />
    </div>
  );
}

/** Sorts, and the genre that narrows the tracks. */
function Shelving({ state }: { readonly state: LibraryView }) {
  const t = useTranslations('library');
  if (state.view !== 'albums' && state.view !== 'tracks') return null;
  const options: readonly LibraryView[] =
    state.view === 'albums'
      ? ALBUM_SORTS.map((sort) => ({ ...state, sort }))
      : TRACK_SORTS.map((sort) => ({ ...state, sort }));
  return (
    <>
      {state.view === 'tracks' && state.genreId && <GenreChip genreId={state.genreId} />}
      <nav className={state.view === 'tracks' ? 'sorts phone-only' : 'sorts'} aria-label={t('sortBy')}>
        {options.map((option) => (
          <SortLink
            key={viewAddress(option)}
            option={option}
            current={viewAddress(option) === viewAddress(state)}
          />
        ))}
      </nav>
    </>
  );
}

function SortLink({
  option,
  current,
}: {
  readonly option: LibraryView;
  readonly current: boolean;
}): ReactNode {
  const t = useTranslations('library.sort');
  if (!('sort' in option)) return null;
  return (
    <Link
      className="sort"
      href={viewAddress(option)}
      replace
      scroll={false}
      aria-current={current || undefined}
    >
      {t(option.sort)}
    </Link>
  );
}

function GenreChip({ genreId }: { readonly genreId: string }) {
  const t = useTranslations('library');
  const { data } = useQuery(genresQuery);
  const name = data?.items.find((genre) => genre.id === genreId)?.name ?? '';
  return (
    <Link className="chip" aria-current="true" href={viewAddress(FIRST.tracks)} title={t('allGenres')}>
      {t('genre', { name })}
      <X className="s" />
    </Link>
  );
}

function Shelf({ state }: { readonly state: LibraryView }) {
  const router = useRouter();
  switch (state.view) {
    case 'albums':
      return <AlbumGrid sort={state.sort} />;
    case 'tracks':
      return (
        <TrackTable
          key={`${state.sort} ${state.genreId ?? ''}`}
          sort={state.sort}
          genreId={state.genreId}
          onSort={(sort) => router.replace(viewAddress({ ...state, sort }), { scroll: false })}
        />
      );
    case 'artists':
      return <ArtistGrid />;
    case 'liked':
      return <LikedShelves />;
    case 'history':
      return <HistoryList />;
  }
}
