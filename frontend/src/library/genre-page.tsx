'use client';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { albumsQuery, artistsQuery, genresQuery, tracksQuery } from '../api/queries';
import { languageOf } from '../components/language-of';
import { QueryProblem } from '../components/query-problem';
import { ShelfSkeleton } from '../components/skeletons';
import { usePageTitle } from '../components/use-page-title';
import { AlbumCard } from './album-card';
import { ArtistCard } from './artist-card';
import { viewAddress, type LibraryView } from './library-view';
import { PlayActions } from './play-actions';
import { TrackLine } from './track-line';
import { useObiOf } from './use-obi';
import { useRouteId } from './use-route-id';

const ALBUMS = 12;
const ARTISTS = 6;
const TRACKS = 20;
const SOURCE = { kind: 'library' } as const;

/** A shelf: its newest records, who stands there most, and its tracks. */
export function GenrePage() {
  const t = useTranslations('common');
  const library = useTranslations('library');
  const filter = { genreId: useRouteId() };
  const known = useQuery(genresQuery);
  const asked = { enabled: filter.genreId !== '' };
  const albums = useInfiniteQuery({ ...albumsQuery('added', filter, ALBUMS), ...asked });
  const artists = useInfiniteQuery({ ...artistsQuery('tracks', filter, ARTISTS), ...asked });
  const tracks = useInfiniteQuery({ ...tracksQuery('added', filter, TRACKS), ...asked });
  const obiOf = useObiOf();
  const genre = known.data?.items.find(({ id }) => id === filter.genreId);
  usePageTitle(genre?.name);
  const error = tracks.error ?? known.error;
  if (error || !tracks.data || !known.data) {
    return (
      <div className="body">
        {error ? <QueryProblem error={error} retry={tracks.refetch} /> : <ShelfSkeleton count={12} />}
      </div>
    );
  }
  const shown = tracks.data.pages[0]?.items ?? [];
  const name = genre?.name ?? '';
  return (
    <div className="body">
      <div className="genre-head">
        <div className="page-head">
          <h1 lang={languageOf(name)}>{name}</h1>
          {genre && <p className="num">{t('tracks', { count: genre.trackCount })}</p>}
        </div>
        <PlayActions tracks={shown} source={SOURCE} />
      </div>
      <Shelf title={library('albums')} more={{ view: 'albums', sort: 'added', filter }}>
        <ul className="shelf">
          {albums.data?.pages[0]?.items.map((album) => (
            <AlbumCard key={album.id} album={album} obi={obiOf(album)} />
          ))}
        </ul>
      </Shelf>
      <Shelf title={library('artists')} more={{ view: 'artists', sort: 'tracks', filter }}>
        <ul className="shelf">
          {artists.data?.pages[0]?.items.map((artist) => (
            <ArtistCard key={artist.id} artist={artist} />
          ))}
        </ul>
      </Shelf>
      <Shelf title={library('tracks')} more={{ view: 'tracks', sort: 'title', filter }}>
        <ol className="arrivals">
          {shown.map((track, at) => (
            <TrackLine key={track.id} tracks={shown} at={at} source={SOURCE} />
          ))}
        </ol>
      </Shelf>
    </div>
  );
}

interface ShelfProps {
  readonly title: string;
  readonly more: LibraryView;
  readonly children: ReactNode;
}

function Shelf({ title, more, children }: ShelfProps) {
  const t = useTranslations('common');
  return (
    <section className="section">
      <header>
        <h2>{title}</h2>
        <Link href={viewAddress(more)}>{t('seeAll')}</Link>
      </header>
      {children}
    </section>
  );
}
