'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { AlbumSummary } from '../api/client';
import { newestAlbumsQuery, newestTracksQuery } from '../api/queries';
import { QueryProblem } from '../components/query-problem';
import { ShelfSkeleton } from '../components/skeletons';
import { usePageTitle } from '../components/use-page-title';
import { AlbumCard } from '../library/album-card';
import { EmptyLibrary } from '../library/empty-library';
import { isNew } from '../library/newness';
import { TrackLine } from '../library/track-line';
import { useObiOf } from '../library/use-obi';
import { Arrivals } from './arrivals';
import { OwnRow } from './own-rows';

const SHELF = 12;

export function HomePage() {
  const t = useTranslations('home');
  usePageTitle(t('title'));
  const albums = useQuery(newestAlbumsQuery);
  if (albums.error && !albums.data) {
    return (
      <div className="body">
        <QueryProblem error={albums.error} retry={albums.refetch} />
      </div>
    );
  }
  if (!albums.data) {
    return (
      <div className="body">
        <div className="bone h-[264px]" />
        <div className="section">
          <ShelfSkeleton count={6} />
        </div>
      </div>
    );
  }
  const [latest] = albums.data.items;
  return (
    <div className="body">
      {latest ? (
        <Shelves albums={albums.data.items} latest={latest} more={albums.data.nextCursor !== null} />
      ) : (
        <EmptyLibrary />
      )}
    </div>
  );
}

interface ShelvesProps {
  readonly albums: readonly AlbumSummary[];
  readonly latest: AlbumSummary;
  readonly more: boolean;
}

function Shelves({ albums, latest, more }: ShelvesProps) {
  const t = useTranslations();
  const obiOf = useObiOf();
  const tracks = useQuery(newestTracksQuery).data?.items ?? [];
  const [now] = useState(() => Date.now());
  const fresh = albums.filter((album) => isNew(album.addedAt, now)).length;
  return (
    <>
      <Arrivals latest={latest} count={fresh} uncounted={more && fresh === albums.length} />
      <OwnRow kind="continue" />
      <section className="section">
        <header>
          <h2>{t('home.newOnServer')}</h2>
          <Link href="/library?view=albums&sort=added">{t('common.seeAll')}</Link>
        </header>
        <ul className="shelf shelf-row">
          {albums.slice(0, SHELF).map((album) => (
            <AlbumCard key={album.id} album={album} obi={obiOf(album)} />
          ))}
        </ul>
      </section>
      <OwnRow kind="mostPlayed" />
      <OwnRow kind="forgottenFavourites" />
      <OwnRow kind="liked" />
      {tracks.length > 0 && (
        <section className="section">
          <header>
            <h2>{t('home.justIn')}</h2>
            <Link href="/library?view=tracks&sort=added">{t('common.seeAll')}</Link>
          </header>
          <ol className="arrivals">
            {tracks.map((track, at) => (
              <TrackLine key={track.id} tracks={tracks} at={at} source={{ kind: 'home' }} />
            ))}
          </ol>
        </section>
      )}
    </>
  );
}
