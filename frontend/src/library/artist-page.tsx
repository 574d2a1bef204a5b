'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { AlbumSummary, ArtistDetail } from '../api/client';
import { artistQuery } from '../api/queries';
import { Cover } from '../components/cover';
import { languageOf } from '../components/language-of';
import { QueryProblem } from '../components/query-problem';
import { ShelfSkeleton } from '../components/skeletons';
import { usePageTitle } from '../components/use-page-title';
import { HeartButton } from '../likes/heart-button';
import { MoreButton } from '../menu/more-button';
import { AlbumCard } from './album-card';
import { PlayActions } from './play-actions';
import { TrackLine } from './track-line';
import { useMainArt } from './use-main-art';
import { useObiOf } from './use-obi';
import { useRouteId } from './use-route-id';

export function ArtistPage() {
  const t = useTranslations('artist');
  const artist = useQuery(artistQuery(useRouteId()));
  usePageTitle(artist.data?.name);
  useMainArt(artist.data?.artwork);
  if (!artist.data) {
    return (
      <div className="body">
        {artist.error ? (
          <QueryProblem error={artist.error} retry={artist.refetch} />
        ) : (
          <ShelfSkeleton count={12} />
        )}
      </div>
    );
  }
  const { topTracks, albums, singles, appearsOn, id, name } = artist.data;
  return (
    <>
      <ArtistHead artist={artist.data} />
      <div className="body">
        {topTracks.length > 0 && (
          <section className="section">
            <header>
              <h2>{t('top')}</h2>
            </header>
            <ol className="arrivals">
              {topTracks.slice(0, 10).map((track, at) => (
                <TrackLine
                  key={track.id}
                  tracks={topTracks}
                  at={at}
                  source={{ kind: 'artist', id, name }}
                  ownName={name}
                />
              ))}
            </ol>
          </section>
        )}
        <Shelf title={t('albums')} albums={albums} />
        <Shelf title={t('singles')} albums={singles} />
        <Shelf title={t('appearsOn')} albums={appearsOn} />
      </div>
    </>
  );
}

function ArtistHead({ artist }: { readonly artist: ArtistDetail }) {
  const t = useTranslations('common');
  const tracks = artist.topTracks;
  const source = { kind: 'artist', id: artist.id, name: artist.name } as const;
  const counts = [t('albums', { count: artist.albumCount }), t('tracks', { count: artist.trackCount })];
  return (
    <header className="artist-head">
      <Cover artwork={artist.artwork} size={512} round eager />
      <div className="min-w-0">
        <h1 lang={languageOf(artist.name)}>{artist.name}</h1>
        <p className="facts num">{counts.join(', ')}</p>
        <PlayActions tracks={tracks} source={source}>
          <HeartButton kind="artist" id={artist.id} name={artist.name} />
          <MoreButton subject={{ kind: 'artist', artist }} />
        </PlayActions>
      </div>
    </header>
  );
}

function Shelf({ title, albums }: { readonly title: string; readonly albums: readonly AlbumSummary[] }) {
  const obiOf = useObiOf();
  if (albums.length === 0) return null;
  return (
    <section className="section">
      <header>
        <h2>{title}</h2>
      </header>
      <ul className="shelf">
        {albums.map((album) => (
          <AlbumCard key={album.id} album={album} obi={obiOf(album)} />
        ))}
      </ul>
    </section>
  );
}
