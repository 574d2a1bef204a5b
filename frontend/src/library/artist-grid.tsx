'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ArtistSort } from '../api/client';
import { artistsQuery, type CatalogFilter } from '../api/queries';
import { QueryProblem } from '../components/query-problem';
import { ShelfSkeleton } from '../components/skeletons';
import { ArtistCard } from './artist-card';
import { EmptyShelf } from './empty-shelf';
import { EndSentinel } from './end-sentinel';

export function ArtistGrid({ sort, filter }: { readonly sort: ArtistSort; readonly filter: CatalogFilter }) {
  const pages = useInfiniteQuery(artistsQuery(sort, filter));
  const artists = pages.data?.pages.flatMap((page) => page.items) ?? [];
  if (pages.error && artists.length === 0) return <QueryProblem error={pages.error} retry={pages.refetch} />;
  if (pages.isPending) return <ShelfSkeleton count={18} />;
  if (artists.length === 0) return <EmptyShelf filter={filter} />;
  return (
    <>
      <ul className="shelf">
        {artists.map((artist) => (
          <ArtistCard key={artist.id} artist={artist} />
        ))}
      </ul>
      <EndSentinel more={pages.hasNextPage} busy={pages.isFetchingNextPage} load={pages.fetchNextPage} />
    </>
  );
}
