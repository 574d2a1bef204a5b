'use client';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { isStatus } from '../api/api-error';
import { Door } from '../account/door';
import { usePageTitle } from '../components/use-page-title';
import { followSystemTheme } from '../frame/theme';
import { FailureToast } from '../player/failure-toast';
import { usePlayer } from '../player/player-context';
import { shareGrants, shareQuery } from './share-query';
import { ShareSheet } from './share-sheet';
import { useShareToken } from './share-token';

/** What a link shows to whoever holds it, without an account and without a way into the rest of the house. */
export function SharePage() {
  const token = useShareToken();
  const player = usePlayer();
  const shared = useInfiniteQuery(shareQuery(token ?? ''));
  const t = useTranslations('share');
  const [first] = shared.data?.pages ?? [];
  usePageTitle(first?.title ?? t('title'));
  useEffect(followSystemTheme, []);
  useEffect(() => (token ? player.listenBy(shareGrants(token)) : undefined), [player, token]);
  if (token === '') return <Closed kind="empty" />;
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
  if (shared.error)
    return isStatus(shared.error, 404) ? (
      <Closed kind="gone" />
    ) : (
      <Closed kind="away" retry={() => void shared.refetch()} />
    );
  return <main className="share" aria-busy="true" />;
}

interface ClosedProps {
  readonly kind: 'gone' | 'empty' | 'away';
  readonly retry?: () => void;
}

function Closed({ kind, retry }: ClosedProps) {
  const t = useTranslations('share');
  return (
    <Door obi={t('obi')} obiSmall={t('obiSmall')} title={t(`${kind}.title`)} lede={t(`${kind}.lede`)}>
      {retry && (
        <button type="button" className="btn btn-line mt-6" onClick={retry}>
          {t('again')}
        </button>
      )}
    </Door>
  );
}
