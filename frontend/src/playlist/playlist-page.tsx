'use client';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import dynamic from 'next/dynamic';
import { useTranslations } from 'next-intl';
import type { PlaylistDetail } from '../api/client';
import { entriesQuery, playlistQuery } from '../api/queries';
import { Empty } from '../components/empty';
import { QueryProblem } from '../components/query-problem';
import { RowsSkeleton } from '../components/skeletons';
import { usePageTitle } from '../components/use-page-title';
import { RecordSkeleton } from '../library/album-head';
import { EndSentinel } from '../library/end-sentinel';
import { useMainArt } from '../library/use-main-art';
import { useRouteId } from '../library/use-route-id';
import { usePlayPlaylist } from './play-playlist';
import { PlainEntries } from './plain-entries';
import { PlaylistHead } from './playlist-head';

const EditableEntries = dynamic(() => import('./editable-entries').then((file) => file.EditableEntries), {
  ssr: false,
});

export function PlaylistPage() {
  const playlist = useQuery(playlistQuery(useRouteId()));
  usePageTitle(playlist.data?.title);
  useMainArt(playlist.data?.artwork ?? playlist.data?.covers[0]);
  if (playlist.data)
    return (
      <>
        <PlaylistHead playlist={playlist.data} />
        <Entries playlist={playlist.data} />
      </>
    );
  if (playlist.error)
    return (
      <div className="body">
        <QueryProblem error={playlist.error} retry={playlist.refetch} />
      </div>
    );
  return <RecordSkeleton />;
}

function Entries({ playlist }: { readonly playlist: PlaylistDetail }) {
  const t = useTranslations('playlist');
  const entries = useInfiniteQuery(entriesQuery(playlist.id));
  const play = usePlayPlaylist();
  const shown = entries.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <div className="body">
      {entries.isError && <QueryProblem error={entries.error} retry={entries.refetch} />}
      {entries.isPending && <RowsSkeleton count={8} heightPx={56} />}
      {entries.isSuccess && shown.length === 0 && (
        <Empty
          title={t(playlist.kind === 'smart' ? 'foundNone' : 'empty')}
          text={t(playlist.kind === 'smart' ? 'foundNoneText' : 'emptyText')}
        />
      )}
      {playlist.canEdit && playlist.kind === 'ordered' ? (
        <EditableEntries
          playlist={playlist}
          entries={shown}
          play={(entryId) => void play(playlist, { entryId })}
        />
      ) : (
        <PlainEntries
          playlist={playlist}
          entries={shown}
          play={(entryId) => void play(playlist, { entryId })}
        />
      )}
      <EndSentinel
        more={entries.hasNextPage}
        busy={entries.isFetchingNextPage}
        load={entries.fetchNextPage}
      />
    </div>
  );
}
