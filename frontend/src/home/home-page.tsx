'use client';
import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { AlbumSummary, Home, TrackSummary } from '../api/client';
import { homeQuery } from '../api/queries';
import { QueryProblem } from '../components/query-problem';
import { ShelfSkeleton } from '../components/skeletons';
import { usePageTitle } from '../components/use-page-title';
import { AlbumCard } from '../library/album-card';
import { EmptyLibrary } from '../library/empty-library';
import { isNew } from '../library/newness';
import { TrackLine } from '../library/track-line';
import { useObiOf } from '../library/use-obi';
import { Arrivals } from './arrivals';
import { newAlbumsOf, newTracksOf, ROW_LENGTH } from './home-rows';
import { OwnRow } from './own-rows';
import { ThisWeek } from './this-week';

const SHELF = 12;
const TRACKS = 8;
/** Of the first shelf: in sight when the page begins, whatever the window. */
const EAGER = 4;

export function HomePage() {
  const t = useTranslations('home');
  usePageTitle(t('title'));
  const home = useQuery(homeQuery);
  if (home.error && !home.data) {
    return (
      <div className="body">
        <QueryProblem error={home.error} retry={home.refetch} />
      </div>
    );
  }
  if (!home.data) {
    return (
      <div className="body">
        <div className="bone h-[264px]" />
        <div className="section">
          <ShelfSkeleton count={6} />
        </div>
      </div>
    );
  }
  const albums = newAlbumsOf(home.data);
  const [latest] = albums;
  return (
    <div className="body">
      {latest ? (
        <Shelves
          albums={albums}
          latest={latest}
          tracks={newTracksOf(home.data).slice(0, TRACKS)}
          week={home.data.weekly}
        />
      ) : (
        <EmptyLibrary />
      )}
    </div>
  );
}

interface ShelvesProps {
  readonly albums: readonly AlbumSummary[];
  readonly latest: AlbumSummary;
  readonly tracks: readonly TrackSummary[];
  readonly week: Home['weekly'];
}

function Shelves({ albums, latest, tracks, week }: ShelvesProps) {
  const t = useTranslations();
  const obiOf = useObiOf();
  const [now] = useState(() => Date.now());
  const fresh = albums.filter((album) => isNew(album.addedAt, now)).length;
  return (
    <>
      {week ? (
        <ThisWeek week={week} />
      ) : (
        <Arrivals latest={latest} count={fresh} uncounted={fresh === ROW_LENGTH} />
      )}
      <OwnRow kind="continue" />
      <section className="section">
        <header>
          <h2>{t('home.newOnServer')}</h2>
          <Link href="/library?view=albums&sort=added" prefetch={false}>
            {t('common.seeAll')}
          </Link>
        </header>
        <ul className="shelf shelf-row">
          {albums.slice(0, SHELF).map((album, at) => (
            <AlbumCard key={album.id} album={album} obi={obiOf(album)} eager={at < EAGER} />
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
            <Link href="/library?view=tracks&sort=added" prefetch={false}>
              {t('common.seeAll')}
            </Link>
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
