'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import type { LikedKind, LikedThing } from '../api/client';
import { likesQuery } from '../api/queries';
import { Empty } from '../components/empty';
import { QueryProblem } from '../components/query-problem';
import { DownloadButton } from '../offline/download-button';
import { RowsSkeleton } from '../components/skeletons';
import { AlbumCard } from './album-card';
import { ArtistCard } from './artist-card';
import { EndSentinel } from './end-sentinel';
import { TrackLine } from './track-line';

const isTrack = (thing: LikedThing) => 'trackNumber' in thing;
const isAlbum = (thing: LikedThing) => 'compilation' in thing;
const isArtist = (thing: LikedThing) => 'albumCount' in thing;

/** What the listener saved with the heart, the newest first. */
export function LikedShelves() {
  const t = useTranslations('likes');
  const pages = useInfiniteQuery(likesQuery('track'));
  const albums = useShelf('album').filter(isAlbum);
  const artists = useShelf('artist').filter(isArtist);
  const tracks =
    pages.data?.pages.flatMap(({ items }) => items.map(({ item }) => item).filter(isTrack)) ?? [];
  if (pages.error && !pages.data) return <QueryProblem error={pages.error} retry={pages.refetch} />;
  if (pages.isPending) return <RowsSkeleton count={8} heightPx={68} />;
  if (tracks.length + albums.length + artists.length === 0)
    return <Empty title={t('emptyTitle')} text={t('emptyText')} />;
  return (
    <>
      <ul className="shelf shelf-row">
        {albums.map((album) => (
          <AlbumCard key={album.id} album={album} />
        ))}
        {artists.map((artist) => (
          <ArtistCard key={artist.id} artist={artist} />
        ))}
      </ul>
      {tracks.length > 0 && (
        <div className="actions mt-6">
          <DownloadButton kind="likes" id="likes" name={t('all')} worded />
        </div>
      )}
      <ol className="section arrivals">
        {tracks.map((track, at) => (
          <TrackLine key={track.id} tracks={tracks} at={at} source={{ kind: 'likes' }} />
        ))}
      </ol>
      <EndSentinel more={pages.hasNextPage} busy={pages.isFetchingNextPage} load={pages.fetchNextPage} />
    </>
  );
}

const useShelf = (kind: LikedKind): LikedThing[] =>
  useInfiniteQuery(likesQuery(kind)).data?.pages.flatMap(({ items }) => items.map(({ item }) => item)) ?? [];
