'use client';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import Link from 'next/link';
import { useFormatter, useTranslations } from 'next-intl';
import { useEffect, useMemo } from 'react';
import { SessionGate } from '../account/session-gate';
import { signOut } from '../account/session';
import { meQuery } from '../api/queries';
import { languageOf } from '../components/language-of';
import { QueryProblem } from '../components/query-problem';
import { usePageTitle } from '../components/use-page-title';
import { followSystemTheme } from '../frame/theme';
import { EndSentinel } from '../library/end-sentinel';
import { useAddressTail } from './address-tail';
import { receivedShare, receivedSharesQuery } from './share-query';
import { ShareView } from './share-view';

/** What others have shared with somebody by name: a guest's whole house. */
export function ReceivedPage() {
  const id = useAddressTail();
  const share = useMemo(() => (id ? receivedShare(id) : null), [id]);
  useEffect(followSystemTheme, []);
  if (id === null) return <main className="share" aria-busy="true" />;
  return (
    <SessionGate>
      {share ? (
        <>
          <BackToAll />
          <ShareView key={id} share={share} />
        </>
      ) : (
        <ReceivedShares />
      )}
    </SessionGate>
  );
}

function BackToAll() {
  const t = useTranslations('share');
  return (
    // Not the router's: only a change of what stands behind the # is heard.
    <nav className="share-back">
      <a className="btn btn-quiet btn-small" href="#">
        <ArrowLeft className="s" />
        {t('all')}
      </a>
    </nav>
  );
}

function ReceivedShares() {
  const t = useTranslations('share');
  const top = useTranslations('top');
  const settings = useTranslations('settings');
  const format = useFormatter();
  const { data: user } = useQuery(meQuery);
  const shares = useInfiniteQuery(receivedSharesQuery);
  usePageTitle(t('title'));
  const items = shares.data?.pages.flatMap((page) => page.items) ?? [];
  const day = (iso: string) => format.dateTime(new Date(iso), { dateStyle: 'long' });
  return (
    <main className="share">
      <div className="body settings">
        <div className="page-head">
          <h1>{t('title')}</h1>
        </div>
        {shares.error && !shares.data && <QueryProblem error={shares.error} retry={shares.refetch} />}
        {shares.data && items.length === 0 && <p className="hint mt-4">{t('none')}</p>}
        <ul className="ledger mt-4">
          {items.map(({ id, kind, title, from, expiresAt }) => (
            <li key={id}>
              <div className="min-w-0">
                <a className="hit" href={`#${id}`}>
                  <b lang={languageOf(title)}>{title}</b>
                </a>
                <p>{t(`by.${kind}`, { from })}</p>
              </div>
              <p className="num">{t('until', { date: day(expiresAt) })}</p>
            </li>
          ))}
        </ul>
        <EndSentinel more={shares.hasNextPage} busy={shares.isFetchingNextPage} load={shares.fetchNextPage} />
        <div className="acts mt-8">
          <span className="hint">{user && settings('signedInAs', { name: user.username })}</span>
          <Link className="btn btn-quiet btn-small" href="/settings/account">
            {settings('leaves.account')}
          </Link>
          <button type="button" className="btn btn-quiet btn-small" onClick={() => void signOut()}>
            {top('signOut')}
          </button>
        </div>
      </div>
    </main>
  );
}
