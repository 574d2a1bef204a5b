'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { AlbumSort } from '../api/client';
import { albumsQuery, type CatalogFilter } from '../api/queries';
import { QueryProblem } from '../components/query-problem';
import { ShelfSkeleton } from '../components/skeletons';
import { AlbumCard } from './album-card';
import { EmptyShelf } from './empty-shelf';
import { EndSentinel } from './end-sentinel';
import { useObiOf } from './use-obi';

export function AlbumGrid({ sort, filter }: { readonly sort: AlbumSort; readonly filter: CatalogFilter }) {
  const pages = useInfiniteQuery(albumsQuery(sort, filter));
  const obiOf = useObiOf();
  const albums = pages.data?.pages.flatMap((page) => page.items) ?? [];
  if (pages.error && albums.length === 0) return <QueryProblem error={pages.error} retry={pages.refetch} />;
  if (pages.isPending) return <ShelfSkeleton count={18} />;
  if (albums.length === 0) return <EmptyShelf filter={filter} />;
  return (
    <>
      <ul className="shelf">
        {albums.map((album) => (
          <AlbumCard key={album.id} album={album} obi={obiOf(album)} />
        ))}
      </ul>
      <EndSentinel more={pages.hasNextPage} busy={pages.isFetchingNextPage} load={pages.fetchNextPage} />
    </>
  );
}
