'use client';
import { useQuery } from '@tanstack/react-query';
import { useFormatter, useTranslations } from 'next-intl';
import type { AlbumDetail } from '../api/client';
import { albumQuery } from '../api/queries';
import { QueryProblem } from '../components/query-problem';
import { usePageTitle } from '../components/use-page-title';
import { usePlayer } from '../player/player-context';
import { AlbumHead, RecordSkeleton } from './album-head';
import { AlbumTrackRow, AlbumTrackRowsHead } from './album-track-row';
import { masterText } from './master-text';
import { albumTracks } from './play-album';
import { useMainArt } from './use-main-art';
import { useRouteId } from './use-route-id';

export function AlbumPage() {
  const album = useQuery(albumQuery(useRouteId()));
  usePageTitle(album.data?.title);
  useMainArt(album.data?.artwork);
  if (album.data) {
    return (
      <>
        <AlbumHead album={album.data} />
        <Discs album={album.data} />
      </>
    );
  }
  if (album.error) {
    return (
      <div className="body">
        <QueryProblem error={album.error} retry={album.refetch} />
      </div>
    );
  }
  return <RecordSkeleton />;
}

function Discs({ album }: { readonly album: AlbumDetail }) {
  const t = useTranslations('album');
  const player = usePlayer();
  const tracks = albumTracks(album);
  const source = { kind: 'album', id: album.id, name: album.title } as const;
  const mixedMasters = new Set(tracks.map((track) => masterText(track.master))).size > 1;
  const play = (id: string) =>
    player.queue.dispatch({
      type: 'play',
      tracks,
      startAt: tracks.findIndex((track) => track.id === id),
      source,
    });
  return (
    <div className="body">
      <AlbumTrackRowsHead />
      {album.discs.map((disc) => (
        <section
          key={disc.number}
          aria-label={album.discs.length > 1 ? t('disc', { number: disc.number }) : undefined}
        >
          {album.discs.length > 1 && (
            <h2 className="disc-head">
              {t('disc', { number: disc.number })}
              {disc.title && <span className="by">{disc.title}</span>}
            </h2>
          )}
          <ol>
            {disc.tracks.map((track, at) => (
              <AlbumTrackRow
                key={track.id}
                track={track}
                number={track.trackNumber ?? at + 1}
                album={album}
                mixedMasters={mixedMasters}
                play={() => play(track.id)}
              />
            ))}
          </ol>
        </section>
      ))}
      <Imprint album={album} />
    </div>
  );
}

/** The small print on the back of the sleeve. */
function Imprint({ album }: { readonly album: AlbumDetail }) {
  const t = useTranslations('album');
  const format = useFormatter();
  const date = album.releaseDate ?? album.originalDate;
  const whole = date !== null && /^\d{4}-\d\d-\d\d$/.test(date);
  const shown = whole ? format.dateTime(new Date(date), { dateStyle: 'long', timeZone: 'UTC' }) : date;
  const parts = [shown && t('released', { date: shown }), album.label, album.catalogNumber].filter(Boolean);
  if (parts.length === 0) return null;
  return <p className="credits">{parts.join(' · ')}</p>;
}
