'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { isStatus } from '../api/api-error';
import { usePageTitle } from '../components/use-page-title';
import { FailureToast } from '../player/failure-toast';
import { usePlayer } from '../player/player-context';
import { ShareClosed } from './share-closed';
import type { OpenShare } from './share-query';
import { ShareSheet } from './share-sheet';

/** One share, shown and played by its own right. */
export function ShareView({ share }: { readonly share: OpenShare }) {
  const player = usePlayer();
  const shared = useInfiniteQuery(share.query);
  const t = useTranslations('share');
  const [first] = shared.data?.pages ?? [];
  usePageTitle(first?.title ?? t('title'));
  useEffect(() => player.listenBy(share.grants), [player, share]);
  if (first && !isStatus(shared.error, 404))
    return (
      <>
        <ShareSheet
          shared={first}
          tracks={shared.data?.pages.flatMap(({ items }) => items) ?? []}
          more={shared.hasNextPage}
          busy={shared.isFetchingNextPage}
          load={shared.fetchNextPage}
        />
        <FailureToast />
      </>
    );
  if (isStatus(shared.error, 404)) return <ShareClosed kind="gone" />;
  if (shared.error) return <ShareClosed kind="away" retry={() => void shared.refetch()} />;
  return <main className="share" aria-busy="true" />;
}
