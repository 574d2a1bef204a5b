'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useRouter, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import dynamic from 'next/dynamic';
import { statusQuery } from '../api/queries';
import { RowsSkeleton } from '../components/skeletons';
import { usePageTitle } from '../components/use-page-title';
import { AlbumGrid } from './album-grid';
import { ArtistGrid } from './artist-grid';
import {
  ALBUM_SORTS,
  ARTIST_SORTS,
  beside,
  readView,
  TRACK_SORTS,
  viewAddress,
  VIEWS,
  type LibraryView,
} from './library-view';
import { HistoryList } from './history-list';
import { LikedShelves } from './liked-shelves';
import { PlaylistShelf } from '../playlist/playlist-shelf';
import { Sieve } from './sieve';
import { TrackTable } from './track-table';

const Statistics = dynamic(() => import('../statistics/statistics').then((file) => file.Statistics), {
  ssr: false,
  loading: () => <RowsSkeleton count={6} heightPx={68} />,
});

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
              href={viewAddress(beside(state, view))}
              aria-current={view === state.view ? 'page' : undefined}
              scroll={false}
            >
              {t(view)}
            </Link>
          ))}
          <Link className="chip" href="/downloads">
            {t('downloads')}
          </Link>
        </nav>
        <Sorts state={state} />
      </div>
      {'filter' in state && <Sieve state={state} />}
      <Shelf state={state} />
    </div>
  );
}

const optionsOf = (state: LibraryView): readonly LibraryView[] => {
  switch (state.view) {
    case 'albums':
      return ALBUM_SORTS.map((sort) => ({ ...state, sort }));
    case 'tracks':
      return TRACK_SORTS.map((sort) => ({ ...state, sort }));
    case 'artists':
      return ARTIST_SORTS.map((sort) => ({ ...state, sort }));
    case 'playlists':
    case 'liked':
    case 'history':
    case 'statistics':
      return [];
  }
};

function Sorts({ state }: { readonly state: LibraryView }) {
  const t = useTranslations('library');
  const options = optionsOf(state);
  if (options.length === 0) return null;
  return (
    // A table is sorted by its head where it has one.
    <nav className={state.view === 'tracks' ? 'sorts phone-only' : 'sorts'} aria-label={t('sortBy')}>
      {options.map((option) => (
        <SortLink
          key={viewAddress(option)}
          option={option}
          current={viewAddress(option) === viewAddress(state)}
        />
      ))}
    </nav>
  );
}

function SortLink({ option, current }: { readonly option: LibraryView; readonly current: boolean }) {
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

function Shelf({ state }: { readonly state: LibraryView }) {
  const router = useRouter();
  switch (state.view) {
    case 'albums':
      return <AlbumGrid sort={state.sort} filter={state.filter} />;
    case 'tracks':
      return (
        <TrackTable
          key={viewAddress(state)}
          sort={state.sort}
          filter={state.filter}
          onSort={(sort) => router.replace(viewAddress({ ...state, sort }), { scroll: false })}
        />
      );
    case 'artists':
      return <ArtistGrid sort={state.sort} filter={state.filter} />;
    case 'playlists':
      return <PlaylistShelf />;
    case 'liked':
      return <LikedShelves />;
    case 'history':
      return <HistoryList />;
    case 'statistics':
      return <Statistics year={state.year} />;
  }
}
